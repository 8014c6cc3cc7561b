package org.millrace.deep.train;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Why ranks may have failed to meet, found out by knocking at the tracker's port once more. */
enum Reachability {
  ANSWERS(
      "%s answers; another rank did not come, or a port between two executors is closed (a firewall or network policy must let executors reach each other on any port)"),
  REFUSES("%s refuses connections: rank 0's process has ended, see that executor's log"),
  SILENT("%s does not answer: a firewall or network policy keeps executors from each other"),
  UNKNOWN_HOST("the host of %s is not known here: check the name resolution between executors"),
  UNREACHABLE("%s cannot be reached from here: check the routes between executors");

  private static final int PATIENCE_MILLIS = 3_000;

  private final String pattern;

  Reachability(String pattern) {
    this.pattern = pattern;
  }

  static Reachability of(Tracker.Address tracker) {
    InetSocketAddress address = new InetSocketAddress(tracker.host(), tracker.port());
    if (address.isUnresolved()) {
      return UNKNOWN_HOST;
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
      return ANSWERS;
    } catch (SocketTimeoutException e) {
      return SILENT;
    } catch (ConnectException e) {
      return REFUSES;
    } catch (IOException e) {
      return UNREACHABLE;
    }
  }

  String sentence(Tracker.Address tracker) {
    return pattern.formatted(tracker);
  }
}

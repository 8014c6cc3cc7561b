package org.millrace.deep.train;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;

/** The address of this machine for the other ranks. */
final class OwnAddress {
  private OwnAddress() {}

  /**
   * The one by which Spark itself reaches this executor. Where that is a loopback address, as some
   * systems resolve their own name to, and other ranks are elsewhere: another of the machine's.
   */
  static String of(BarrierTaskContext task) {
    try {
      String host = SparkEnv.get().blockManager().blockManagerId().host();
      InetAddress known = InetAddress.getByName(host);
      if (known.isLoopbackAddress() && hosts(task) > 1) {
        known = outward().orElse(known);
      }
      return known.getHostAddress();
    } catch (UnknownHostException | SocketException e) {
      throw new CollectiveFailure("rank 0 knows no address of its own machine", e);
    }
  }

  /** On how many machines the ranks are. */
  static long hosts(BarrierTaskContext task) {
    return Arrays.stream(task.getTaskInfos())
        .map(info -> info.address().replaceFirst(":\\d+$", ""))
        .distinct()
        .count();
  }

  private static Optional<InetAddress> outward() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst();
  }
}

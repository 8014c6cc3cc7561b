package org.millrace.deep.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.millrace.deep.train.XgboostNative.NativeError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the ranks of an attempt find each other; runs beside rank 0 on a free port. */
final class Tracker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tracker.class);

  private final long handle;
  private final Address address;

  /** What every rank has to know. */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }

    static Address of(String text) {
      int colon = text.lastIndexOf(':');
      return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
  }

  private Tracker(long handle, Address address) {
    this.handle = handle;
    this.address = address;
  }

  /**
   * @param host an address of this machine that the other ranks can reach
   * @throws CollectiveFailure where no port can be opened there
   */
  static Tracker start(String host, int ranks, int timeoutSeconds) {
    try {
      long handle = XgboostNative.createTracker(host, ranks, timeoutSeconds);
      JsonNode arguments = new JsonMapper().readTree(XgboostNative.trackerArguments(handle));
      return new Tracker(handle, new Address(host, arguments.get("dmlc_tracker_port").asInt()));
    } catch (NativeError | JsonProcessingException e) {
      throw new CollectiveFailure(
          "rank 0 could not open a port on %s for the ranks to meet; check that this is an address of its machine"
              .formatted(host),
          e);
    }
  }

  Address address() {
    return address;
  }

  @Override
  public void close() {
    try {
      XgboostNative.freeTracker(handle);
    } catch (NativeError e) {
      LOG.debug("the tracker ended in disorder, as after a lost rank", e);
    }
  }
}

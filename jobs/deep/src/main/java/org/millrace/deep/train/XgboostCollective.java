package org.millrace.deep.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.millrace.deep.train.XgboostNative.NativeError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All-reduce over TCP by XGBoost's native collective; belongs to the thread that joined. */
final class XgboostCollective implements Collective {
  private static final Logger LOG = LoggerFactory.getLogger(XgboostCollective.class);

  private final int rank;
  private final int ranks;
  private final int timeoutSeconds;
  private ByteBuffer joined;
  private boolean failed;

  private XgboostCollective(int rank, int ranks, int timeoutSeconds) {
    this.rank = rank;
    this.ranks = ranks;
    this.timeoutSeconds = timeoutSeconds;
  }

  /**
   * Meets the other ranks.
   *
   * @throws CollectiveFailure where the tracker cannot be reached, or not all come in time
   */
  static XgboostCollective join(Tracker.Address tracker, int rank, int ranks, int timeoutSeconds) {
    ObjectNode arguments = new JsonMapper().createObjectNode();
    arguments.put("dmlc_tracker_uri", tracker.host());
    arguments.put("dmlc_tracker_port", tracker.port());
    // Sorted as text by the tracker.
    arguments.put("dmlc_task_id", "%06d".formatted(rank));
    arguments.put("dmlc_timeout", timeoutSeconds);
    arguments.put("dmlc_retry", 1);
    try {
      XgboostNative.join(arguments.toString());
      return new XgboostCollective(rank, ranks, timeoutSeconds);
    } catch (NativeError e) {
      throw new CollectiveFailure(
          "rank %d of %d could not meet the other ranks at rank 0's %s within %d s: %s"
              .formatted(
                  rank, ranks, tracker, timeoutSeconds, Reachability.of(tracker).sentence(tracker)),
          e);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int ranks() {
    return ranks;
  }

  @Override
  public void sumFloats(FloatBuffer vector, float[] riders) {
    int size = vector.limit();
    int count = Math.addExact(size, riders.length);
    int bytes = Math.multiplyExact(count, Float.BYTES);
    if (joined == null || joined.capacity() < bytes) {
      joined = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    FloatBuffer floats = joined.asFloatBuffer();
    floats.put(0, vector, 0, size).put(size, riders);
    sum(joined, count, XgboostNative.FLOAT);
    vector.put(0, floats, 0, size);
    floats.get(size, riders);
  }

  @Override
  public void sumDoubles(ByteBuffer doubles, int count) {
    sum(doubles, count, XgboostNative.DOUBLE);
  }

  private void sum(ByteBuffer direct, int count, int type) {
    long from = System.nanoTime();
    try {
      XgboostNative.sum(direct, count, type);
    } catch (NativeError e) {
      failed = true;
      throw LostRank.of(rank, ranks, "another rank", System.nanoTime() - from, timeoutSeconds, e);
    }
  }

  @Override
  public void close() {
    if (failed) {
      return;
    }
    try {
      XgboostNative.leave();
    } catch (NativeError e) {
      LOG.debug("rank {} could not take leave of the others", rank, e);
    }
  }
}

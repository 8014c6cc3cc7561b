package org.millrace.deep.train;

import java.util.concurrent.TimeUnit;

/** What a rank says of another that it waited for in vain. */
final class LostRank {
  private LostRank() {}

  /**
   * @param whom it waited for: "rank 3", or "another rank" where that is not known
   * @param nanos how long it waited
   */
  static CollectiveFailure of(
      int rank, int ranks, String whom, long nanos, int timeoutSeconds, Throwable cause) {
    return nanos >= TimeUnit.SECONDS.toNanos(timeoutSeconds) * 9 / 10
        ? silent(rank, ranks, whom, timeoutSeconds, cause)
        : gone(rank, ranks, whom, cause);
  }

  /** The other gave no sign of life. */
  static CollectiveFailure silent(
      int rank, int ranks, String whom, int timeoutSeconds, Throwable cause) {
    return new CollectiveFailure(
        "rank %d of %d heard nothing of %s for %d s: it hangs, its machine or the network is down, or its steps are slower than the time allowed"
            .formatted(rank, ranks, whom, timeoutSeconds),
        cause);
  }

  /** The other has ended. */
  static CollectiveFailure gone(int rank, int ranks, String whom, Throwable cause) {
    return new CollectiveFailure(
        "rank %d of %d was cut off by %s: its process has ended; see that executor's log (killed for its memory, or lost with its machine?)"
            .formatted(rank, ranks, whom),
        cause);
  }
}

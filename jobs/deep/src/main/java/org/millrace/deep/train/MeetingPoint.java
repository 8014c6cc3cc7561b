package org.millrace.deep.train;

import java.util.List;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;

/**
 * Brings the ranks of an attempt together when all of them are ready. Closing it without having met
 * tells the others not to wait.
 */
final class MeetingPoint implements AutoCloseable {
  private static final String FAILED = "failed";
  private static final String READY = "ready";

  private final BarrierTaskContext task;
  private final int timeoutSeconds;
  private Tracker tracker;
  private boolean told;

  MeetingPoint(BarrierTaskContext task, int timeoutSeconds) {
    this.task = task;
    this.timeoutSeconds = timeoutSeconds;
  }

  /**
   * Waits until every rank has made its preparations, then joins them.
   *
   * @return empty where another rank has failed in its preparations
   * @throws CollectiveFailure where they do not find each other
   */
  Optional<Collective> meet() {
    int rank = task.partitionId();
    int ranks = task.getTaskInfos().length;
    if (ranks == 1) {
      return Optional.of(new Collective.Alone());
    }
    if (rank == 0) {
      tracker = Tracker.start(OwnAddress.of(task), ranks, timeoutSeconds);
    }
    List<String> answers = tell(rank == 0 ? tracker.address().toString() : READY);
    return answers.contains(FAILED)
        ? Optional.empty()
        : Optional.of(
            XgboostCollective.join(
                Tracker.Address.of(answers.get(0)), rank, ranks, timeoutSeconds));
  }

  private List<String> tell(String answer) {
    told = true;
    return List.of(task.allGather(answer));
  }

  /** Ends rank 0's tracker. */
  @Override
  public void close() {
    if (tracker != null) {
      tracker.close();
    }
    if (!told && task.getTaskInfos().length > 1) {
      tell(FAILED);
    }
  }
}

package org.millrace.deep.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.BarrierTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ranks of an attempt together when all of them are ready: in shared memory where all
 * are on one machine, over TCP elsewhere. Closing it without having met tells the others not to
 * wait.
 */
final class MeetingPoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingPoint.class);
  private static final String FAILED = "failed";
  private static final String SHARED = "shared ";
  private static final char SEPARATOR = '|';

  private final BarrierTaskContext task;
  private final int timeoutSeconds;
  private final BooleanSupplier cancelled;
  private Tracker tracker;
  private Path file;

  /** Whether the others wait for an answer of this rank. */
  private boolean owesAnswer = true;

  MeetingPoint(BarrierTaskContext task, int timeoutSeconds, BooleanSupplier cancelled) {
    this.task = task;
    this.timeoutSeconds = timeoutSeconds;
    this.cancelled = cancelled;
  }

  /**
   * Waits until every rank has made its preparations, then joins them.
   *
   * @param numbers the most floats that they will sum at once
   * @return empty where another rank has failed in its preparations
   * @throws CollectiveFailure where they do not find each other
   */
  Optional<Collective> meet(int numbers) {
    int ranks = task.getTaskInfos().length;
    if (ranks == 1) {
      return Optional.of(new Collective.Alone());
    }
    int capacity = Math.max(Math.multiplyExact(numbers, Float.BYTES), Gathering.bytes(ranks));
    String memory = SharedMemory.identity();
    List<String> answers = tell(memory + SEPARATOR + (isFirst() ? place(memory, capacity) : ""));
    if (answers.contains(FAILED)) {
      return Optional.empty();
    }
    String place = answers.get(0).substring(answers.get(0).indexOf(SEPARATOR) + 1);
    if (!place.startsWith(SHARED)) {
      return Optional.of(join(place));
    }
    if (answers.stream().allMatch(answer -> answer.startsWith(memory + SEPARATOR))) {
      return Optional.of(share(place.substring(SHARED.length()), capacity));
    }
    LOG.info("the ranks talk by TCP, since not all of them see the same {}", SharedMemory.FOLDER);
    deleteFile();
    return meetByPort();
  }

  /** Of two containers on one machine, for one. */
  private Optional<Collective> meetByPort() {
    owesAnswer = true;
    List<String> answers = tell(isFirst() ? openPort() : "");
    return answers.contains(FAILED) ? Optional.empty() : Optional.of(join(answers.get(0)));
  }

  private boolean isFirst() {
    return task.partitionId() == 0;
  }

  /** Where the ranks are to meet. */
  private String place(String memory, int capacity) {
    if (!memory.isEmpty() && OwnAddress.hosts(task) == 1) {
      file =
          new SegmentFiles(SharedMemory.FOLDER)
              .create(task.getTaskInfos().length, capacity)
              .orElse(null);
    }
    return file == null ? openPort() : SHARED + file;
  }

  private String openPort() {
    tracker = Tracker.start(OwnAddress.of(task), task.getTaskInfos().length, timeoutSeconds);
    return tracker.address().toString();
  }

  private Collective share(String shared, int capacity) {
    int rank = task.partitionId();
    int ranks = task.getTaskInfos().length;
    try {
      Segment segment = Segment.map(Path.of(shared), ranks, capacity);
      // Returns when all have mapped it.
      Collective collective = new SharedCollective(segment, rank, timeoutSeconds, cancelled);
      deleteFile();
      return collective;
    } catch (IOException e) {
      throw new CollectiveFailure(
          "rank %d of %d cannot map the memory that it shares with the others: %s; %s"
              .formatted(rank, ranks, e, SharedMemory.HOW_TO_DO_WITHOUT),
          e);
    }
  }

  private Collective join(String address) {
    return XgboostCollective.join(
        Tracker.Address.of(address),
        task.partitionId(),
        task.getTaskInfos().length,
        timeoutSeconds);
  }

  private List<String> tell(String answer) {
    owesAnswer = false;
    return List.of(task.allGather(answer));
  }

  private void deleteFile() {
    if (file != null) {
      SegmentFiles.delete(file);
      file = null;
    }
  }

  /** Ends rank 0's tracker. */
  @Override
  public void close() {
    deleteFile();
    if (tracker != null) {
      tracker.close();
    }
    if (owesAnswer && task.getTaskInfos().length > 1) {
      tell(FAILED);
    }
  }
}

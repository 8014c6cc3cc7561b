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
  private static final String READY = "ready";
  private static final String MAPPED = "mapped";
  private static final String SHARED = "shared ";

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
    List<String> answers = tell(isFirst() ? place(capacity) : READY);
    if (answers.contains(FAILED)) {
      return Optional.empty();
    }
    if (!answers.get(0).startsWith(SHARED)) {
      return Optional.of(join(answers.get(0)));
    }
    owesAnswer = true;
    Optional<Segment> segment = map(answers.get(0).substring(SHARED.length()), capacity);
    answers = tell(segment.isPresent() ? MAPPED : READY);
    deleteFile();
    return answers.stream().allMatch(MAPPED::equals)
        ? segment.map(s -> new SharedCollective(s, task.partitionId(), timeoutSeconds, cancelled))
        : meetByPort(answers);
  }

  private Optional<Collective> meetByPort(List<String> answers) {
    if (answers.contains(FAILED)) {
      return Optional.empty();
    }
    owesAnswer = true;
    List<String> last = tell(isFirst() ? openPort() : READY);
    return last.contains(FAILED) ? Optional.empty() : Optional.of(join(last.get(0)));
  }

  private boolean isFirst() {
    return task.partitionId() == 0;
  }

  /** Where the ranks are to meet. */
  private String place(int capacity) {
    if (OwnAddress.hosts(task) == 1) {
      file =
          SegmentFiles.standard()
              .flatMap(files -> files.create(task.getTaskInfos().length, capacity))
              .orElse(null);
    }
    return file == null ? openPort() : SHARED + file;
  }

  private String openPort() {
    tracker = Tracker.start(OwnAddress.of(task), task.getTaskInfos().length, timeoutSeconds);
    return tracker.address().toString();
  }

  private Optional<Segment> map(String shared, int capacity) {
    try {
      return Optional.of(Segment.map(Path.of(shared), task.getTaskInfos().length, capacity));
    } catch (IOException e) {
      // Two containers of one machine.
      LOG.info("the ranks talk by TCP, since they do not share memory: {}", e.toString());
      return Optional.empty();
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

package org.millrace.deep.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.millrace.deep.train.Checkpoint.StateFile;

/** A rank's part in the checkpoints: when they are due, and which files it writes. */
final class Keeper {
  private final CheckpointFolder folder;
  private final Checkpoints when;
  private final Gathering gathering;
  private final int rank;
  private final String attempt;
  private long lastSteps;
  private long lastNanos = System.nanoTime();

  /**
   * @param attempt tells this attempt's files from those of another that may still be dying
   * @param steps at which the newest checkpoint stands
   */
  Keeper(
      CheckpointFolder folder,
      Checkpoints when,
      Collective collective,
      String attempt,
      long steps) {
    this.folder = folder;
    this.when = when;
    this.gathering = new Gathering(collective);
    this.rank = collective.rank();
    this.attempt = attempt;
    this.lastSteps = steps;
  }

  /** Whether the steps ask for a checkpoint; every rank says the same. */
  boolean isDueBySteps(long steps) {
    return when.everySteps() > 0 && steps - lastSteps >= when.everySteps();
  }

  /** Whether the clock asks for a checkpoint: rank 0's, which tells the others. */
  boolean isDueByTime() {
    return rank == 0
        && when.everyMinutes() > 0
        && System.nanoTime() - lastNanos >= TimeUnit.MILLISECONDS.toNanos(when.everyMillis());
  }

  /**
   * Writes what the replicas hold: one file for all, or each its own, told to rank 0.
   *
   * @param areEqual whether all replicas hold the same
   */
  List<StateFile> writeStates(Replica replica, long steps, boolean areEqual) throws IOException {
    if (areEqual) {
      return rank == 0 ? List.of(folder.write(steps, attempt, replica)) : List.of();
    }
    StateFile mine = folder.write(steps, label(rank), replica);
    List<StateFile> all = new ArrayList<>();
    for (Gathering.Pair pair : gathering.gather(mine.bytes(), mine.checksum())) {
      String name = mine.name().replace(label(rank), label(all.size()));
      all.add(new StateFile(name, pair.first(), pair.second()));
    }
    return all;
  }

  private String label(int ofRank) {
    return "%s-rank-%d".formatted(attempt, ofRank);
  }

  /** Keeps the best epoch's state; null on ranks that do not keep the books. */
  StateFile writeBest(Replica replica, long steps) throws IOException {
    return rank == 0 ? folder.write(steps, attempt + "-best", replica) : null;
  }

  void commit(Checkpoint checkpoint) throws IOException {
    if (rank == 0) {
      folder.commit(checkpoint, when.keep());
    }
    lastSteps = checkpoint.steps();
    lastNanos = System.nanoTime();
  }
}

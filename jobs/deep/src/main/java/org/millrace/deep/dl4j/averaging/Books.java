package org.millrace.deep.dl4j.averaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.millrace.deep.train.Checkpoint;
import org.millrace.deep.train.Checkpoint.StateFile;
import org.millrace.deep.train.CheckpointFolder;
import org.millrace.deep.train.Epoch;
import org.millrace.deep.train.Evaluation;
import org.millrace.deep.train.Replica;
import org.millrace.deep.train.Tally;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.deep.train.TrainingPlan;
import org.millrace.deep.train.Window;

/** What a training has come to: epochs, points of the learning curve, checkpoints. */
final class Books {
  private final Replica replica;
  private final CheckpointFolder folder;
  private final TrainingPlan plan;
  private final int ranks;
  private final TrainingListener listener;
  private final Checkpoint start;
  private final String attempt = UUID.randomUUID().toString().substring(0, 8);
  private final List<Epoch> epochs;
  private final List<Window> windows;
  private final Tally window = new Tally();
  private final Tally epochSoFar = new Tally();
  private StateFile best;
  private long steps;
  private long reportedAt;
  private long keptAt;
  private long keptNanos = System.nanoTime();

  Books(
      Replica replica,
      CheckpointFolder folder,
      Training training,
      TrainingListener listener,
      Checkpoint start) {
    this.replica = replica;
    this.folder = folder;
    this.plan = training.plan();
    this.ranks = training.ranks();
    this.listener = listener;
    this.start = start;
    this.epochs = new ArrayList<>(start.epochs());
    this.windows = new ArrayList<>(start.windows());
    this.window.add(start.sinceReport());
    this.epochSoFar.add(start.soFar());
    this.best = start.best();
    this.steps = start.steps();
    this.reportedAt = start.reportedAt();
    this.keptAt = start.steps();
  }

  /** Brings the replica where the checkpoint stands. */
  void load() throws IOException {
    if (!start.isBeginning()) {
      folder.load(start.state(0), replica);
    }
  }

  int epoch() {
    return start.epoch();
  }

  int step() {
    return start.step();
  }

  long steps() {
    return steps;
  }

  void add(Round round, Round.Outcome outcome, long nanos) {
    long exchange = Math.max(0, nanos - Math.round(outcome.busySeconds() / ranks * 1e9));
    window.add(outcome.loss(), outcome.rows(), nanos, exchange);
    epochSoFar.add(outcome.loss(), outcome.rows(), nanos, exchange);
    steps += round.steps();
    if (plan.reportEvery() > 0 && steps - reportedAt >= plan.reportEvery()) {
      report(round);
    }
  }

  private void report(Round round) {
    Window told =
        new Window(
            round.epoch(),
            round.to(),
            window.rows(),
            window.meanLoss(),
            window.seconds(),
            window.exchangeShare());
    windows.add(told);
    listener.window(told);
    window.clear();
    reportedAt = steps;
  }

  void endEpoch(int epoch, Evaluation evaluation) throws IOException {
    Epoch told =
        new Epoch(
            epoch,
            epochSoFar.rows(),
            epochSoFar.meanLoss(),
            epochSoFar.seconds(),
            epochSoFar.exchangeShare(),
            evaluation);
    epochs.add(told);
    listener.epoch(told);
    epochSoFar.clear();
    if (plan.stopping().bestEpoch(epochs) == epoch) {
      best = folder.write(steps, attempt + "-best", replica);
    }
  }

  /**
   * @param next epoch that would be trained
   */
  boolean isOver(int next) {
    return next == plan.epochs() || plan.stopping().isOver(epochs);
  }

  /** Whether steps or clock ask for a checkpoint. */
  boolean isDue() {
    int everySteps = plan.checkpoints().everySteps();
    long everyMillis = plan.checkpoints().everyMillis();
    boolean bySteps = everySteps > 0 && steps - keptAt >= everySteps;
    boolean byTime =
        everyMillis > 0
            && System.nanoTime() - keptNanos >= TimeUnit.MILLISECONDS.toNanos(everyMillis);
    return bySteps || byTime;
  }

  Checkpoint checkpoint(int epoch, int step, boolean isFinished) throws IOException {
    Checkpoint checkpoint =
        new Checkpoint(
            start.identity(),
            epoch,
            step,
            steps,
            epochSoFar,
            window,
            reportedAt,
            epochs,
            windows,
            List.of(folder.write(steps, attempt, replica)),
            best,
            isFinished);
    folder.commit(checkpoint, plan.checkpoints().keep());
    keptAt = steps;
    keptNanos = System.nanoTime();
    return checkpoint;
  }
}

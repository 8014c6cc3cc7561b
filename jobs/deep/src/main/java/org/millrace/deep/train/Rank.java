package org.millrace.deep.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.train.Checkpoint.StateFile;
import org.millrace.deep.train.Replica.Loss;

/** One rank's training: the loop over epochs and steps, from a checkpoint to the end. */
final class Rank {
  private final Replica replica;
  private final BatchSource source;
  private final int stepsPerEpoch;
  private final TrainingPlan plan;
  private final Collective collective;
  private final Exchange exchange;
  private final Averager averager;
  private final ParameterHash hash;
  private final Optional<Evaluator> evaluator;
  private final Keeper keeper;
  private final Consumer<Progress> progress;
  private final BooleanSupplier cancelled;

  private final String identity;
  private final int firstEpoch;
  private final int firstStep;
  private final List<Epoch> epochs;
  private final List<Window> windows;
  private final Tally step = new Tally();
  private final Tally window = new Tally();
  private final Tally epochSoFar = new Tally();
  private StateFile best;
  private long steps;
  private long hashedAt;
  private long reportedAt;

  /** What a rank works with besides its place in the training. */
  record Hands(
      Replica replica,
      BatchSource source,
      int stepsPerEpoch,
      Optional<Evaluator> evaluator,
      Collective collective,
      Keeper keeper,
      Consumer<Progress> progress,
      BooleanSupplier cancelled) {}

  Rank(Hands hands, TrainingPlan plan, Checkpoint start) {
    this.replica = hands.replica();
    this.source = hands.source();
    this.stepsPerEpoch = hands.stepsPerEpoch();
    this.plan = plan;
    this.collective = hands.collective();
    this.exchange = new Exchange(collective);
    this.averager = Averager.of(plan.averaging(), replica, exchange);
    this.hash = new ParameterHash(collective);
    this.evaluator = hands.evaluator();
    this.keeper = hands.keeper();
    this.progress = hands.progress();
    this.cancelled = hands.cancelled();
    this.identity = start.identity();
    this.firstEpoch = start.epoch();
    this.firstStep = start.step();
    this.epochs = new ArrayList<>(start.epochs());
    this.windows = new ArrayList<>(start.windows());
    this.epochSoFar.add(start.soFar());
    this.best = start.best();
    this.steps = start.steps();
    this.hashedAt = start.steps();
    this.window.add(start.sinceReport());
    this.reportedAt = start.reportedAt();
  }

  /** Trains to the end; the last checkpoint is the result. */
  void train() throws IOException {
    boolean over = false;
    for (int epoch = firstEpoch; !over; epoch++) {
      for (int i = epoch == firstEpoch ? firstStep : 0; i < stepsPerEpoch; i++) {
        step(epoch, i);
      }
      endEpoch(epoch);
      over = epoch + 1 == plan.epochs() || plan.stopping().isOver(epochs);
      if (over || keeper.isDueBySteps(steps) || exchange.isCheckpointDue()) {
        checkpoint(epoch + 1, 0, over);
      }
    }
  }

  private void step(int epoch, int index) throws IOException {
    if (cancelled.getAsBoolean()) {
      throw new CancelledException();
    }
    long from = System.nanoTime();
    Batch batch = source.batch(epoch, index);
    Loss loss = replica.gradient(batch, Seeds.of(plan.seed(), epoch, index, collective.rank()));
    step.loss += loss.sum();
    step.weight += loss.weight();
    step.rows += batch.rows();
    boolean isLast = index + 1 == stepsPerEpoch;
    boolean equal = averager.step(loss, step, isLast, keeper.isDueByTime());
    steps++;
    step.nanos += System.nanoTime() - from;
    if (equal) {
      settle(epoch, index + 1, isLast);
    }
  }

  /** All ranks have just become equal: what must not be done at any other time. */
  private void settle(int epoch, int stepsOfEpoch, boolean isLast) throws IOException {
    if (!exchange.isFinite()) {
      throw Divergence.of("the loss or a gradient", step.meanLoss(), epoch, stepsOfEpoch);
    }
    window.add(step);
    epochSoFar.add(step);
    step.clear();
    if (plan.hashCheckEvery() > 0 && steps - hashedAt >= plan.hashCheckEvery()) {
      hash.compare(replica.parameters(), epoch, stepsOfEpoch);
      hashedAt = steps;
    }
    if (plan.reportEvery() > 0 && steps - reportedAt >= plan.reportEvery()) {
      report(epoch, stepsOfEpoch);
    }
    if (!isLast && (keeper.isDueBySteps(steps) || exchange.isCheckpointDue())) {
      checkpoint(epoch, stepsOfEpoch, false);
    }
  }

  private void report(int epoch, int stepsOfEpoch) {
    Window told =
        new Window(
            epoch,
            stepsOfEpoch,
            window.rows,
            window.meanLoss(),
            window.seconds(),
            window.exchangeShare());
    windows.add(told);
    progress.accept(Progress.of(told));
    window.clear();
    reportedAt = steps;
  }

  private void endEpoch(int epoch) throws IOException {
    boolean isDue = (epoch + 1) % plan.evaluateEvery() == 0 || epoch + 1 == plan.epochs();
    Evaluation evaluation = evaluator.filter(e -> isDue).map(e -> e.evaluate(replica)).orElse(null);
    if (evaluation != null && !Double.isFinite(evaluation.loss())) {
      throw Divergence.of(
          "the loss of the validation rows", evaluation.loss(), epoch, stepsPerEpoch);
    }
    Epoch told =
        new Epoch(
            epoch,
            epochSoFar.rows,
            epochSoFar.meanLoss(),
            epochSoFar.seconds(),
            epochSoFar.exchangeShare(),
            evaluation);
    epochs.add(told);
    epochSoFar.clear();
    progress.accept(Progress.of(told));
    if (plan.stopping().bestEpoch(epochs) == epoch) {
      best = keeper.writeBest(replica, steps);
    }
  }

  private void checkpoint(int epoch, int stepsOfEpoch, boolean isFinished) throws IOException {
    List<StateFile> states = keeper.writeStates(replica, steps, averager.keepsStatesEqual());
    keeper.commit(
        new Checkpoint(
            identity,
            epoch,
            stepsOfEpoch,
            steps,
            epochSoFar,
            window,
            reportedAt,
            epochs,
            windows,
            states,
            best,
            isFinished));
  }
}

package org.millrace.deep.dl4j.averaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.millrace.deep.train.Checkpoint;
import org.millrace.deep.train.Divergence;
import org.millrace.deep.train.Evaluation;
import org.millrace.deep.train.Training;

/** The driver's loop over epochs and rounds, from a checkpoint to the end. */
final class Rounds {
  private final Workers workers;
  private final Books books;
  private final Training training;
  private final int everySteps;

  Rounds(Workers workers, Books books, Training training, int everySteps) {
    this.workers = workers;
    this.books = books;
    this.training = training;
    this.everySteps = everySteps;
  }

  Checkpoint train() throws IOException {
    int stepsPerEpoch = training.train().steps();
    int epoch = books.epoch();
    int step = books.step();
    while (true) {
      for (; step < stepsPerEpoch; step = Math.min(step + everySteps, stepsPerEpoch)) {
        run(new Round(epoch, step, Math.min(step + everySteps, stepsPerEpoch)));
        boolean isLast = step + everySteps >= stepsPerEpoch;
        if (!isLast && books.isDue()) {
          books.checkpoint(epoch, step + everySteps, false);
        }
      }
      books.endEpoch(epoch, evaluation(epoch));
      epoch++;
      step = 0;
      boolean over = books.isOver(epoch);
      if (over || books.isDue()) {
        Checkpoint written = books.checkpoint(epoch, 0, over);
        if (over) {
          return written;
        }
      }
    }
  }

  private void run(Round round) {
    long from = System.nanoTime();
    Round.Outcome outcome = workers.run(round, Math.toIntExact(books.steps()));
    long nanos = System.nanoTime() - from;
    if (!Double.isFinite(outcome.loss().sum())) {
      throw Divergence.of("the loss", outcome.loss().mean(), round.epoch(), round.to());
    }
    books.add(round, outcome, nanos);
  }

  /** Null where the epoch is not evaluated. */
  private Evaluation evaluation(int epoch) throws IOException {
    boolean isDue =
        (epoch + 1) % training.plan().evaluateEvery() == 0 || epoch + 1 == training.plan().epochs();
    if (training.validation().isEmpty() || !isDue) {
      return null;
    }
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    workers.replica().save(state);
    Evaluation evaluation = workers.evaluate(training.validation().get(), state.toByteArray());
    if (!Double.isFinite(evaluation.loss())) {
      throw Divergence.of(
          "the loss of the validation rows", evaluation.loss(), epoch, training.train().steps());
    }
    return evaluation;
  }
}

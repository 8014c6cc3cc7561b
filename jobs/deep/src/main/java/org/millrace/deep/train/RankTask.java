package org.millrace.deep.train;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;

/**
 * A rank on an executor: makes its replica, meets the others, trains, tells how it ended.
 *
 * @param validation null without
 * @param start the checkpoint to go on from, as JSON: a record that Kryo would not know
 * @param attempt tells this attempt's files from others'
 */
@SuppressWarnings("ArrayRecordComponent") // Carried, never compared.
record RankTask(
    Engine engine,
    Batches train,
    Batches validation,
    boolean classes,
    TrainingPlan plan,
    String folder,
    SerializableConfiguration hadoop,
    byte[] start,
    String attempt,
    CollectionAccumulator<String> progress)
    implements Serializable {

  /**
   * @return {@link RankOutcome} as a line
   */
  String run() {
    BarrierTaskContext task = BarrierTaskContext.get();
    return RankThread.run(task, cancelled -> outcome(task, cancelled)).toLine();
  }

  private RankOutcome outcome(BarrierTaskContext task, BooleanSupplier cancelled) {
    int rank = task.partitionId();
    MeetingPoint meeting = new MeetingPoint(task, plan.timeoutSeconds(), cancelled);
    try (meeting) {
      Checkpoint from = Checkpoint.of(start);
      CheckpointFolder checkpoints = new CheckpointFolder(new Path(folder), hadoop.value());
      try (Replica replica = engine.replica(TaskSlot.of(task));
          BatchSource source = train.open(rank);
          BatchSource held = validation == null ? null : validation.open(rank)) {
        if (!from.isBeginning()) {
          checkpoints.load(from.state(rank), replica);
        }
        Optional<Collective> met = meeting.meet(Exchange.numbers(replica.gradients().limit()));
        if (met.isEmpty()) {
          return RankOutcome.leftAlone(rank);
        }
        Collective collective = met.get();
        train(
            collective,
            () -> {
              Keeper keeper =
                  new Keeper(checkpoints, plan.checkpoints(), collective, attempt, from.steps());
              Rank.Hands hands =
                  new Rank.Hands(
                      replica,
                      source,
                      train.steps(),
                      Optional.ofNullable(held)
                          .map(h -> new Evaluator(collective, h, validation.steps(), classes)),
                      collective,
                      keeper,
                      reporter(rank),
                      cancelled);
              return new Rank(hands, plan, from);
            });
      }
      return RankOutcome.done(rank);
    } catch (IOException | RuntimeException | Error e) {
      return RankOutcome.of(rank, e);
    }
  }

  /** Trains; the others hear of it where it comes to nothing. */
  private static void train(Collective collective, Supplier<Rank> rank) throws IOException {
    try {
      rank.get().train();
    } catch (IOException | RuntimeException | Error e) {
      collective.abandon();
      throw e;
    }
    collective.close();
  }

  private Consumer<Progress> reporter(int rank) {
    return rank == 0 ? line -> progress.add(line.toLine()) : line -> {};
  }
}

package org.millrace.text.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.millrace.text.graph.TrainingOptions.Candidates;

/**
 * Learns vectors by the cross-entropy of the true answer among the candidates, with N3 and Adagrad
 * (Lacroix, Usunier and Obozinski, 2018; Duchi et al., 2011). Each triple is two queries, one by
 * its relation and one by the inverse. The vectors that were best on the validation triples are
 * kept.
 */
public final class Trainer {
  private final Combination combination;
  private final TrainingOptions options;
  private final int entities;
  private final int relations;

  public Trainer(Combination combination, TrainingOptions options, int entities, int relations) {
    this.combination = combination;
    this.options = options;
    this.entities = entities;
    this.relations = relations;
  }

  /**
   * A look at the validation triples.
   *
   * @param loss mean cross-entropy of the epoch's queries
   * @param mrr filtered mean reciprocal rank
   */
  public record Look(int epoch, double loss, double mrr) {}

  /**
   * What came of it.
   *
   * @param model as it was at the best look
   */
  public record Trained(Embedding model, List<Look> looks, double mrr) {}

  /**
   * Learns.
   *
   * @param queries entity, relation and answer of each, one behind the other; a triple is there
   *     twice, by its relation and by the inverse
   * @param validation queries with their known answers, as {@link Ranks} has them
   * @param stopped asked before each step
   */
  public Trained train(int[] queries, List<int[]> validation, BooleanSupplier stopped) {
    int count = queries.length / 3;
    Embedding model =
        Embedding.random(
            combination.scoring(), combination.dimension(), entities, relations, options.seed());
    Step step = new Step(model, combination);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    List<Look> looks = new ArrayList<>();
    Embedding best = model.copy();
    double bestMrr = Double.NEGATIVE_INFINITY;
    int worse = 0;
    for (int epoch = 1; epoch <= options.epochs() && worse < options.patience(); epoch++) {
      double loss = epoch(queries, order, epoch, step, stopped);
      if (epoch % options.checkEvery() == 0 || epoch == options.epochs()) {
        double mrr = Ranks.mrr(model, validation.iterator());
        looks.add(new Look(epoch, loss / count, mrr));
        if (mrr > bestMrr) {
          bestMrr = mrr;
          best = model.copy();
          worse = 0;
        } else {
          worse++;
        }
      }
    }
    return new Trained(best, looks, bestMrr);
  }

  private double epoch(int[] queries, int[] order, int epoch, Step step, BooleanSupplier stopped) {
    SplittableRandom chance = new SplittableRandom(options.seed() * 1_000_003 + epoch);
    shuffle(order, chance);
    double loss = 0;
    for (int from = 0; from < order.length; from += options.batch()) {
      if (stopped.getAsBoolean()) {
        throw new IllegalStateException("the task was asked to end");
      }
      int n = Math.min(options.batch(), order.length - from);
      int[] batch = new int[3 * n];
      for (int i = 0; i < n; i++) {
        System.arraycopy(queries, 3 * order[from + i], batch, 3 * i, 3);
      }
      loss +=
          options.candidates() instanceof Candidates.Sampled sampled
              ? step.sampled(batch, sampled.entities(), chance)
              : step.all(batch);
    }
    return loss;
  }

  private static void shuffle(int[] order, SplittableRandom chance) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = chance.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
  }
}

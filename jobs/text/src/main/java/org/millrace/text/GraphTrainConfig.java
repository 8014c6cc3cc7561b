package org.millrace.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.job.GateCheck;
import org.millrace.model.Gate;
import org.millrace.table.TableRef;
import org.millrace.text.graph.Combination;
import org.millrace.text.graph.LinkQuality;
import org.millrace.text.graph.Scoring;
import org.millrace.text.graph.TrainingOptions;

/**
 * The keys of {@link GraphTrain}; defaults and meanings are in {@code reference.conf}.
 *
 * @param triples what is learnt from, and held out of where the holdout says so
 */
public record GraphTrainConfig(
    TableRef triples,
    GraphHoldout holdout,
    Scoring scoring,
    Grid grid,
    TrainingOptions training,
    Optional<Gate> gate) {

  /** All combinations are tried. */
  public record Grid(
      List<Integer> dimension, List<Double> learningRate, List<Double> regularization) {
    public Grid {
      Check.that(
          !dimension.isEmpty() && dimension.stream().allMatch(d -> d >= 1 && d <= 4096),
          "dimension",
          dimension,
          "a list of whole numbers in 1..4096");
      Check.that(
          !learningRate.isEmpty() && learningRate.stream().allMatch(r -> r > 0 && r <= 10),
          "learning-rate",
          learningRate,
          "a list of numbers above 0, to 10");
      Check.that(
          !regularization.isEmpty() && regularization.stream().allMatch(r -> r >= 0 && r <= 10),
          "regularization",
          regularization,
          "a list of numbers in 0..10");
    }
  }

  public GraphTrainConfig {
    GateCheck.that(gate, LinkQuality.METRICS);
  }

  List<Combination> combinations() {
    List<Combination> all = new ArrayList<>();
    for (int dimension : grid.dimension()) {
      for (double rate : grid.learningRate()) {
        for (double weight : grid.regularization()) {
          all.add(new Combination(scoring, dimension, rate, weight));
        }
      }
    }
    return all;
  }
}

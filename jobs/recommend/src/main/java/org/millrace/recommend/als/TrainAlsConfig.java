package org.millrace.recommend.als;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.eval.Holdout;
import org.millrace.model.Gate;
import org.millrace.recommend.evaluate.RankingEvaluation;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.FinalFit;
import org.millrace.table.TableRef;

/**
 * The keys of {@link TrainAls}; defaults and meanings are in {@code reference.conf}.
 *
 * @param k lengths of lists, each at least 1
 */
public record TrainAlsConfig(
    TableRef ratings,
    Signal feedback,
    Grid grid,
    int iterations,
    int blocks,
    boolean nonnegative,
    long seed,
    Holdout holdout,
    List<Integer> k,
    Optional<Double> relevantFrom,
    Optional<String> metric,
    FinalFit finalFit,
    Optional<Gate> gate) {

  /** What the numbers mean, with the parameters of each meaning that a grid may try. */
  public sealed interface Signal {
    List<Feedback> candidates();

    /** The metric that chooses where none is named. */
    String usualMetric(List<Integer> k);

    /**
     * Ratings.
     *
     * @param biasShrinkage imagined ratings of no deviation behind each mean; see {@link
     *     Feedback.Explicit}
     */
    record Explicit(Biases biases, double biasShrinkage) implements Signal {
      public Explicit {
        Check.that(
            biasShrinkage >= 0 && biasShrinkage <= 1e9,
            "bias-shrinkage",
            biasShrinkage,
            "0 to 1e9");
      }

      @Override
      public List<Feedback> candidates() {
        Feedback plain = new Feedback.Explicit(Optional.empty());
        Feedback biased = new Feedback.Explicit(Optional.of(biasShrinkage));
        return switch (biases) {
          case AUTO -> List.of(plain, biased);
          case ON -> List.of(biased);
          case OFF -> List.of(plain);
        };
      }

      @Override
      public String usualMetric(List<Integer> k) {
        return "rmse";
      }
    }

    /** Behaviour. */
    record Implicit(List<Double> alpha, Optional<Duration> halfLife) implements Signal {
      public Implicit {
        Check.that(
            !alpha.isEmpty() && alpha.stream().allMatch(a -> a > 0 && a <= 1e9),
            "alpha",
            alpha,
            "a list of numbers above 0, at most 1e9");
        halfLife.ifPresent(
            h -> Check.that(!h.isZero() && !h.isNegative(), "half-life", h, "a duration above 0"));
      }

      @Override
      public List<Feedback> candidates() {
        return alpha.stream().map(a -> (Feedback) new Feedback.Implicit(a, halfLife)).toList();
      }

      @Override
      public String usualMetric(List<Integer> k) {
        return "ndcg@" + k.get(Math.min(1, k.size() - 1));
      }
    }
  }

  /** Whether means of users and items are taken out before factors are fitted. */
  public enum Biases {
    /** Both are tried like a parameter of the grid. */
    AUTO,
    ON,
    OFF
  }

  /** Parameters that are tried in all combinations. */
  public record Grid(List<Integer> rank, List<Double> regularization) {
    public Grid {
      Check.that(
          !rank.isEmpty() && rank.stream().allMatch(r -> r >= 1 && r <= 1024),
          "rank",
          rank,
          "a list of whole numbers in 1..1024");
      Check.that(
          !regularization.isEmpty() && regularization.stream().allMatch(r -> r >= 0 && r <= 1e9),
          "regularization",
          regularization,
          "a list of numbers in 0..1e9");
    }
  }

  /** A combination of the grid. */
  record Candidate(Feedback feedback, AlsParams params) {
    /** As a table of trials shows it. */
    List<String> columns() {
      String meaning =
          feedback instanceof Feedback.Implicit i
              ? "alpha " + i.alpha()
              : ((Feedback.Explicit) feedback).biasShrinkage().isPresent() ? "biases" : "plain";
      return List.of(
          String.valueOf(params.rank()), String.valueOf(params.regularization()), meaning);
    }
  }

  public TrainAlsConfig {
    Check.that(iterations >= 1 && iterations <= 1000, "iterations", iterations, "1..1000");
    Check.that(blocks >= 1 && blocks <= 10_000, "blocks", blocks, "1..10000");
    Check.that(
        !(nonnegative
            && feedback instanceof Signal.Explicit explicit
            && explicit.biases() != Biases.OFF),
        "nonnegative",
        nonnegative,
        "false, unless feedback.explicit.biases is off: what biases leave unexplained is negative as often as not");
    List<String> measured = measuredMetrics(feedback, k);
    RankingQuality.check(k, measured, gate);
    metric.ifPresent(
        m -> Check.that(measured.contains(m), "metric", m, String.join(", ", measured)));
  }

  private static List<String> measuredMetrics(Signal feedback, List<Integer> k) {
    List<String> names = new ArrayList<>();
    if (feedback instanceof Signal.Explicit) {
      names.addAll(List.of("rmse", "mae"));
    }
    names.addAll(RankingEvaluation.names(k));
    return names;
  }

  boolean isExplicit() {
    return feedback instanceof Signal.Explicit;
  }

  boolean needsTime() {
    boolean decays =
        feedback instanceof Signal.Implicit implicit && implicit.halfLife().isPresent();
    return decays || !(holdout instanceof Holdout.Fraction);
  }

  /** The metric that chooses among the grid. */
  String chosenBy() {
    return metric.orElseGet(() -> feedback.usualMetric(k));
  }

  List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (int rank : grid.rank()) {
      for (double regularization : grid.regularization()) {
        for (Feedback meaning : feedback.candidates()) {
          candidates.add(
              new Candidate(
                  meaning,
                  new AlsParams(rank, regularization, iterations, blocks, seed, nonnegative)));
        }
      }
    }
    return candidates;
  }
}

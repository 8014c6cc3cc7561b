package org.millrace.risk.decide;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.eval.ScoreHistogram;
import org.millrace.outcome.Stop;

/**
 * How rows are selected by their probability. Thresholds are found on out-of-fold probabilities, so
 * that what they are expected to bring is not flattered by rows that the model has seen.
 */
public sealed interface DecisionConfig {

  /**
   * Finds the threshold.
   *
   * @param told out-of-fold probabilities as they will be published
   * @return empty where nothing is to be decided
   * @throws Stop exit 4 where no threshold does what is asked for
   */
  Optional<Decision> fit(ScoreHistogram told);

  /** No threshold: rows are not selected. */
  record None() implements DecisionConfig {
    @Override
    public Optional<Decision> fit(ScoreHistogram told) {
      return Optional.empty();
    }
  }

  /** A threshold that is given. */
  record Fixed(double threshold) implements DecisionConfig {
    public Fixed {
      requireShare("threshold", threshold);
    }

    @Override
    public Optional<Decision> fit(ScoreHistogram told) {
      Cuts cuts = new Cuts(told);
      return Optional.of(cuts.decision(cuts.at(threshold), "fixed", Double.NaN));
    }
  }

  /**
   * The threshold of the least cost of all rows together. (Elkan, The foundations of cost-sensitive
   * learning, IJCAI 2001.)
   *
   * @param falsePositive cost of a selected row that is negative
   * @param falseNegative cost of a positive row that is not selected
   * @param truePositive cost of a selected row that is positive; below 0 for a gain
   * @param trueNegative cost of a negative row that is not selected
   */
  record Cost(double falsePositive, double falseNegative, double truePositive, double trueNegative)
      implements DecisionConfig {
    public Cost {
      Check.that(
          falsePositive > trueNegative && Double.isFinite(falsePositive - trueNegative),
          "false-positive",
          falsePositive,
          "a number above true-negative, which is " + trueNegative);
      Check.that(
          falseNegative > truePositive && Double.isFinite(falseNegative - truePositive),
          "false-negative",
          falseNegative,
          "a number above true-positive, which is " + truePositive);
    }

    @Override
    public Optional<Decision> fit(ScoreHistogram told) {
      Cuts cuts = new Cuts(told);
      Cuts.Cut best =
          cuts.descending().stream()
              .min(Comparator.comparingDouble(cut -> total(cuts, cut)))
              .orElseThrow();
      String rule =
          String.format(
              Locale.ROOT,
              "the least cost, where a false positive costs %s, a false negative %s, a true positive %s and a true negative %s",
              falsePositive,
              falseNegative,
              truePositive,
              trueNegative);
      return Optional.of(cuts.decision(best, rule, total(cuts, best) / cuts.rows()));
    }

    private double total(Cuts cuts, Cuts.Cut cut) {
      long missed = cuts.positive() - cut.with();
      long passed = cuts.rows() - cuts.positive() - cut.without();
      return cut.without() * falsePositive
          + missed * falseNegative
          + cut.with() * truePositive
          + passed * trueNegative;
    }
  }

  /**
   * The threshold that selects the most rows of which a share is positive.
   *
   * @param atLeast the share
   */
  record Precision(double atLeast) implements DecisionConfig {
    /** A precision of fewer rows is chance. */
    static final int LEAST_SELECTED = 20;

    public Precision {
      requireShare("at-least", atLeast);
    }

    @Override
    public Optional<Decision> fit(ScoreHistogram told) {
      Cuts cuts = new Cuts(told);
      Cuts.Cut best =
          cuts.descending().stream()
              .filter(cut -> cut.selected() >= LEAST_SELECTED && cut.precision() >= atLeast)
              .max(Comparator.comparingLong(Cuts.Cut::selected))
              .orElseThrow(() -> unreachable(cuts));
      return Optional.of(
          cuts.decision(best, "the most rows at a precision of " + atLeast, Double.NaN));
    }

    private Stop unreachable(Cuts cuts) {
      return cuts.descending().stream()
          .filter(cut -> cut.selected() >= LEAST_SELECTED)
          .max(Comparator.comparingDouble(Cuts.Cut::precision))
          .map(
              best ->
                  Stop.gate(
                      "no threshold reaches the precision of %s that decision.precision.at-least asks for: the best of"
                          + " those that select %d rows or more is %.4f, from a probability of %.6g, which selects %d of"
                          + " %d rows; ask for less or train a better model",
                      atLeast,
                      LEAST_SELECTED,
                      best.precision(),
                      best.threshold(),
                      best.selected(),
                      cuts.rows()))
          .orElseGet(
              () ->
                  Stop.contract(
                      "a threshold for a precision needs %d rows or more, and there are %d; give more rows",
                      LEAST_SELECTED, cuts.rows()));
    }
  }

  /**
   * The threshold that selects as many of the most probable rows as can be handled.
   *
   * @param share of all rows, at the most
   */
  record Capacity(double share) implements DecisionConfig {
    public Capacity {
      requireShare("share", share);
    }

    @Override
    public Optional<Decision> fit(ScoreHistogram told) {
      Cuts cuts = new Cuts(told);
      double most = share * cuts.rows();
      Cuts.Cut best =
          cuts.descending().stream()
              .filter(cut -> cut.selected() > 0 && cut.selected() <= most)
              .max(Comparator.comparingLong(Cuts.Cut::selected))
              .orElseThrow(
                  () -> {
                    Cuts.Cut first = cuts.descending().get(1);
                    return Stop.gate(
                        "no threshold selects at most the share %s that decision.capacity.share asks for: the highest"
                            + " probabilities, from %.6g on, are those of %d of %d rows, which the model cannot tell"
                            + " apart; allow more or train a model that tells them apart",
                        share, first.threshold(), first.selected(), cuts.rows());
                  });
      String rule = String.format(Locale.ROOT, "the top %s %% of rows", percent(share));
      return Optional.of(cuts.decision(best, rule, Double.NaN));
    }

    private static String percent(double share) {
      return new java.math.BigDecimal(String.valueOf(share))
          .movePointRight(2)
          .stripTrailingZeros()
          .toPlainString();
    }
  }

  private static void requireShare(String key, double value) {
    Check.that(value > 0 && value < 1, key, value, "a number between 0 and 1");
  }
}

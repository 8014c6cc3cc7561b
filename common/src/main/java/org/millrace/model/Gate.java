package org.millrace.model;

import java.util.List;
import java.util.Optional;
import org.millrace.eval.Metric;
import org.millrace.outcome.Stop;

/**
 * What a model must reach to become the current one. Both bounds know the direction of the metric:
 * for an error "at least" means not above, and "better" means lower.
 *
 * @param metric the name of a metric that the job measures
 * @param atLeast the worst value that passes, in the metric's unit
 * @param betterThanCurrentBy the smallest gain over the current version that passes, in the
 *     metric's unit; 0 asks for no worse
 */
public record Gate(String metric, Optional<Double> atLeast, Optional<Double> betterThanCurrentBy) {

  public Gate {
    if (metric.isBlank()) {
      throw new IllegalArgumentException("a gate must name its metric");
    }
    if (atLeast.isEmpty() && betterThanCurrentBy.isEmpty()) {
      throw new IllegalArgumentException(
          "the gate on " + metric + " has no bound: give at-least, better-than-current-by or both");
    }
    if (atLeast.isPresent() && !Double.isFinite(atLeast.get())) {
      throw new IllegalArgumentException(
          "at-least of the gate on " + metric + " must be a finite number, was " + atLeast.get());
    }
    if (betterThanCurrentBy.isPresent()
        && !(Double.isFinite(betterThanCurrentBy.get()) && betterThanCurrentBy.get() >= 0)) {
      throw new IllegalArgumentException(
          "better-than-current-by of the gate on %s must be a finite number of at least 0, was %s"
              .formatted(metric, betterThanCurrentBy.get()));
    }
  }

  /**
   * Stops as wrong usage when the job did not measure the gate's metric.
   *
   * @param metrics of the model that wants to become current, measured on held-out data
   * @param current the version that is current now
   */
  public GateVerdict judge(List<Metric> metrics, Optional<ModelVersion> current) {
    Metric measured =
        metrics.stream()
            .filter(candidate -> candidate.name().equals(metric))
            .findFirst()
            .orElseThrow(
                () ->
                    Stop.usage(
                        "the gate asks for metric %s, which the job does not measure;"
                            + " choose one of: %s",
                        metric, String.join(", ", metrics.stream().map(Metric::name).toList())));
    if (Double.isNaN(measured.value())) {
      return new GateVerdict.Refused(
          "%s could not be measured (it is NaN), and the gate asks for it".formatted(metric));
    }
    GateVerdict absolute =
        atLeast
            .map(bound -> judgeAbsolute(measured, bound))
            .orElseGet(
                () -> new GateVerdict.Passed("%s is %s".formatted(metric, measured.value())));
    return betterThanCurrentBy
        .map(gain -> absolute.and(judgeGain(measured, gain, current)))
        .orElse(absolute);
  }

  private static GateVerdict judgeAbsolute(Metric measured, double bound) {
    String direction = measured.higherIsBetter() ? "at least" : "at most";
    String sentence =
        "%s is %s, the gate asks for %s %s"
            .formatted(measured.name(), measured.value(), direction, bound);
    return GateVerdict.of(measured.isAtLeastAsGoodAs(bound), sentence);
  }

  private static GateVerdict judgeGain(
      Metric measured, double gain, Optional<ModelVersion> current) {
    if (current.isEmpty()) {
      return new GateVerdict.Passed("there is no current version to be better than");
    }
    String version = current.get().version();
    Optional<MeasuredMetric> theirs = current.get().manifest().metric(measured.name());
    if (theirs.isEmpty()) {
      return new GateVerdict.Refused(
          "the current version %s was published without %s, so a gain over it cannot be told;"
                  .formatted(version, measured.name())
              + " gate on a metric that both have, or on at-least alone");
    }
    double actual = measured.gainOver(theirs.get().value());
    return GateVerdict.of(
        actual >= gain,
        "%s is %s against %s of the current version %s: better by %s, the gate asks for %s"
            .formatted(
                measured.name(), measured.value(), theirs.get().value(), version, actual, gain));
  }
}

package org.millrace.forecast.series;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.millrace.forecast.series.Refused.Rule;

/** Puts a series on its calendar: finds its frequency, fills its gaps, tames its outliers. */
public final class Regularizer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SeriesRules rules;

  public Regularizer(SeriesLayout layout) {
    this.rules = SeriesRules.of(layout);
  }

  /**
   * @param horizon steps behind the last value of which regressors are needed
   * @throws Refused where nothing can be made of it
   */
  public RegularSeries regularize(RawSeries raw, int horizon) throws Refused {
    if (raw.conflict().isPresent()) {
      throw raw.conflict().get();
    }
    ZoneId zone = ZoneId.of(rules.zone());
    long[] times = raw.times();
    double[] values = raw.values();
    int last = raw.length() - 1;
    while (last >= 0 && Double.isNaN(values[last])) {
      last--;
    }
    if (last < 0) {
      throw new Refused(
          Rule.SERIES_EMPTY, "none of its %d rows has a value".formatted(times.length));
    }
    int first = first(values, last);
    long[] own = Arrays.copyOfRange(times, first, times.length);
    Frequency frequency = frequency(own, zone);
    Calendar calendar = Calendar.of(frequency, zone, own);
    long end = calendar.step(times[last]);
    long begin = Math.max(calendar.step(times[first]), end - rules.maxPoints() + 1);
    double[] truth = new double[(int) (end - begin + 1)];
    double[][] known = new double[rules.known().size()][truth.length + horizon];
    Arrays.fill(truth, Double.NaN);
    for (double[] k : known) {
      Arrays.fill(k, Double.NaN);
    }
    long dropped = raw.dropped() + put(raw, calendar, frequency, first, last, begin, truth, known);
    int[] seasons = rules.seasonsOf(frequency);
    Gaps.require(truth, rules, frequency);
    double[] filled = Gaps.fill(truth, rules.gaps(), seasons.length == 0 ? 1 : seasons[0]);
    int gaps = (int) Arrays.stream(truth).filter(Double::isNaN).count();
    int replaced =
        OutlierFilter.apply(
            filled, seasons.length == 0 ? 1 : seasons[0], rules.outlierDeviations());
    double[][] past = new double[known.length][];
    double[][] future = new double[known.length][];
    Optional<String> unusable = Optional.empty();
    for (int r = 0; r < known.length; r++) {
      past[r] = Arrays.copyOf(known[r], truth.length);
      future[r] = Arrays.copyOfRange(known[r], truth.length, known[r].length);
      Optional<String> problem = missing(rules.known().get(r), past[r], future[r], calendar, end);
      if (problem.isPresent()) {
        unusable = unusable.or(() -> problem);
      } else {
        past[r] = Gaps.fill(past[r], SeriesLayout.Gaps.PREVIOUS, 1);
      }
    }
    return new RegularSeries(
        frequency, calendar, begin, filled, truth, seasons, past, future, unusable, gaps, replaced,
        dropped);
  }

  /** Nothing is known of what came before the first value; zeros there may say the same. */
  private int first(double[] values, int last) {
    int first = 0;
    while (first < last && Double.isNaN(values[first])) {
      first++;
    }
    if (rules.trimLeadingZeros()) {
      int sold = first;
      while (sold <= last && (values[sold] == 0 || Double.isNaN(values[sold]))) {
        sold++;
      }
      first = sold > last ? first : sold;
    }
    return first;
  }

  private Frequency frequency(long[] times, ZoneId zone) throws Refused {
    Optional<Frequency> known =
        rules.frequency().or(() -> FrequencyFinder.find(times, zone, rules.maxGapShare()));
    if (known.isPresent()) {
      return known.get();
    }
    throw new Refused(
        Rule.SERIES_FREQUENCY,
        times.length == 1
            ? "one time tells no frequency; set layout.frequency"
            : "its %d times from %s to %s lie on no calendar in %s; set layout.frequency and layout.within-step"
                .formatted(
                    times.length,
                    Times.show(times[0]),
                    Times.show(times[times.length - 1]),
                    rules.zone()));
  }

  /**
   * Puts rows into their steps.
   *
   * @return rows of steps before the first one
   */
  private long put(
      RawSeries raw,
      Calendar calendar,
      Frequency frequency,
      int first,
      int last,
      long begin,
      double[] truth,
      double[][] known)
      throws Refused {
    long[] times = raw.times();
    double[] values = raw.values();
    double[][] regressors = raw.known();
    int length = known.length == 0 ? truth.length : known[0].length;
    int[] counts = new int[truth.length];
    long dropped = 0;
    for (int i = first; i < times.length; i++) {
      long at = calendar.step(times[i]) - begin;
      if (at < 0) {
        dropped++;
        continue;
      }
      if (at < length) {
        for (int r = 0; r < known.length; r++) {
          known[r][(int) at] =
              Double.isNaN(regressors[r][i]) ? known[r][(int) at] : regressors[r][i];
        }
      }
      if (i <= last && !Double.isNaN(values[i])) {
        int step = (int) at;
        if (counts[step] > 0 && rules.withinStep() == SeriesLayout.WithinStep.REFUSE) {
          throw new Refused(
              Rule.SERIES_FREQUENCY,
              "%s is the second time in a step of one %s; set layout.within-step to sum, mean or last, or layout.frequency"
                  .formatted(Times.show(times[i]), frequency));
        }
        boolean adds = counts[step] > 0 && rules.withinStep() != SeriesLayout.WithinStep.LAST;
        truth[step] = adds ? truth[step] + values[i] : values[i];
        counts[step]++;
      }
    }
    if (rules.withinStep() == SeriesLayout.WithinStep.MEAN) {
      for (int step = 0; step < truth.length; step++) {
        truth[step] = counts[step] > 1 ? truth[step] / counts[step] : truth[step];
      }
    }
    return dropped;
  }

  private static Optional<String> missing(
      String column, double[] past, double[] future, Calendar calendar, long end) {
    if (Arrays.stream(past).allMatch(Double::isNaN)) {
      return Optional.of(column + " is not known at any step of the series");
    }
    for (int h = 0; h < future.length; h++) {
      if (Double.isNaN(future[h])) {
        return Optional.of(
            "%s is not known at %s, step %d"
                .formatted(column, Times.show(calendar.time(end + 1 + h)), h + 1));
      }
    }
    return Optional.empty();
  }
}

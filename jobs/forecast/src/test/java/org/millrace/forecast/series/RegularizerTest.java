package org.millrace.forecast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.series.Refused.Rule;
import org.millrace.forecast.series.SeriesLayout.Duplicates;
import org.millrace.forecast.series.SeriesLayout.Gaps;
import org.millrace.forecast.series.SeriesLayout.WithinStep;

class RegularizerTest {
  private static final double ABSENT = Double.NaN;
  private static final long DAY = 86_400_000_000L;
  private static final double[] NOTHING = {};

  /** A value a day; NaN is a row without a value, a leap of days no row. */
  private static RawSeries daily(double... values) {
    RawSeries raw = new RawSeries(new Object[] {"a"}, 0, 1000);
    for (int t = 0; t < values.length; t++) {
      raw.add(t * DAY, values[t], NOTHING);
    }
    return raw;
  }

  private static RegularSeries regular(SeriesLayout layout, RawSeries raw) throws Refused {
    return new Regularizer(layout).regularize(raw, 0);
  }

  private static void assertRefused(SeriesLayout layout, RawSeries raw, Rule rule, String says) {
    assertThatThrownBy(() -> regular(layout, raw))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.rule()).isEqualTo(rule))
        .hasMessageContaining(says);
  }

  @Test
  void gapsAreFilledAsConfiguredAndMarked() throws Refused {
    double[] values = {1, ABSENT, ABSENT, 4, 5, 6, 7, 8, 20};
    RawSeries raw = daily(values);

    assertThat(regular(Layouts.daily(Gaps.ZERO), raw).values()).startsWith(1, 0, 0, 4);
    assertThat(regular(Layouts.daily(Gaps.PREVIOUS), raw).values()).startsWith(1, 1, 1, 4);
    RegularSeries line = regular(Layouts.daily(Gaps.INTERPOLATE), raw);
    assertThat(line.values()).startsWith(1, 2, 3, 4);
    assertThat(line.filled()).isEqualTo(2);
    assertThat(line.truth()).containsExactly(values);
    // A week after the second day is the last one; the third has no such day, and is interpolated.
    assertThat(regular(Layouts.daily(Gaps.SEASONAL), raw).values()).startsWith(1, 20, 12, 4);
    assertRefused(Layouts.daily(Gaps.REFUSE), raw, Rule.SERIES_GAPS, "2 of its 9 steps");
  }

  @Test
  void moreGapsThanAllowedAreNoSeries() {
    assertRefused(
        Layouts.daily(Gaps.ZERO),
        daily(1, ABSENT, ABSENT, ABSENT, 5),
        Rule.SERIES_GAPS,
        "3 of its 5 steps have no value, more than layout.max-gap-share 0.5");
  }

  @Test
  void rowsBehindTheLastValueAreNoGaps() throws Refused {
    RegularSeries series = regular(Layouts.daily(Gaps.REFUSE), daily(1, 2, 3, ABSENT, ABSENT));

    assertThat(series.length()).isEqualTo(3);
    assertThat(Times.show(series.time(3))).isEqualTo("1970-01-04T00:00:00Z");
  }

  @Test
  void leadingZerosAreTakenOffButNotAllZeros() throws Refused {
    assertThat(regular(Layouts.daily(Gaps.ZERO), daily(0, 0, 3, 0, 4)).values())
        .containsExactly(3, 0, 4);
    assertThat(regular(Layouts.daily(Gaps.ZERO), daily(0, 0, 0)).values()).containsExactly(0, 0, 0);
  }

  @Test
  void noValueIsNoSeries() {
    assertRefused(
        Layouts.daily(Gaps.ZERO), daily(ABSENT, ABSENT), Rule.SERIES_EMPTY, "none of its 2 rows");
  }

  @Test
  void onePointIsASeriesWhereTheFrequencyIsGiven() throws Refused {
    assertThat(regular(Layouts.daily(Gaps.ZERO), daily(7)).values()).containsExactly(7);
    SeriesLayout found =
        Layouts.of("", Gaps.ZERO, WithinStep.REFUSE, Duplicates.REFUSE_ROWS, List.of(), 1000);
    assertRefused(found, daily(7), Rule.SERIES_FREQUENCY, "one time tells no frequency");
  }

  @Test
  void severalTimesInAStepAreRefusedOrPutTogether() throws Refused {
    RawSeries raw = new RawSeries(new Object[] {"a"}, 0, 1000);
    raw.add(0, 1, NOTHING);
    raw.add(DAY / 2, 5, NOTHING);
    raw.add(DAY, 10, NOTHING);

    assertRefused(
        Layouts.daily(Gaps.ZERO),
        raw,
        Rule.SERIES_FREQUENCY,
        "1970-01-01T12:00:00Z is the second time in a step of one day");
    assertThat(regular(within(WithinStep.SUM), raw).values()).containsExactly(6, 10);
    assertThat(regular(within(WithinStep.MEAN), raw).values()).containsExactly(3, 10);
    assertThat(regular(within(WithinStep.LAST), raw).values()).containsExactly(5, 10);
  }

  private static SeriesLayout within(WithinStep within) {
    return Layouts.of("day", Gaps.ZERO, within, Duplicates.REFUSE_ROWS, List.of(), 1000);
  }

  @Test
  void theNewestStepsAreUsedWhereThereAreMore() throws Refused {
    SeriesLayout ten =
        Layouts.of("day", Gaps.ZERO, WithinStep.REFUSE, Duplicates.REFUSE_ROWS, List.of(), 10);
    RawSeries raw = new RawSeries(new Object[] {"a"}, 0, 10);
    for (int t = 1; t <= 25; t++) {
      raw.add(t * DAY, t, NOTHING);
    }
    RegularSeries series = regular(ten, raw);

    assertThat(series.values()).containsExactly(16, 17, 18, 19, 20, 21, 22, 23, 24, 25);
    assertThat(series.dropped()).isEqualTo(15);
  }

  @Test
  void regressorsReachIntoTheFutureOrAreNotUsed() throws Refused {
    SeriesLayout layout =
        Layouts.of(
            "day", Gaps.ZERO, WithinStep.REFUSE, Duplicates.REFUSE_ROWS, List.of("price"), 1000);
    RawSeries raw = new RawSeries(new Object[] {"a"}, 1, 1000);
    for (int t = 0; t < 6; t++) {
      raw.add(t * DAY, t < 4 ? t + 1 : ABSENT, new double[] {10 + t});
    }
    RegularSeries two = new Regularizer(layout).regularize(raw, 2);
    RegularSeries three = new Regularizer(layout).regularize(raw, 3);

    assertThat(two.unusable()).isEmpty();
    assertThat(two.futureOf(4, 2)[0]).containsExactly(14, 15);
    assertThat(two.futureOf(2, 2)[0]).containsExactly(12, 13);
    assertThat(two.history(4).regressors()[0]).containsExactly(10, 11, 12, 13);
    assertThat(three.unusable()).contains("price is not known at 1970-01-07T00:00:00Z, step 3");
    assertThat(three.withoutRegressors().history(4).regressors()).isEmpty();
  }

  @Test
  void outliersAreReplacedForLearningOnly() {
    double[] values = new double[60];
    for (int t = 0; t < values.length; t++) {
      values[t] = 100 * (t % 12) + Math.sin(t);
    }
    double[] spoilt = values.clone();
    spoilt[17] += 5000;

    assertThat(OutlierFilter.apply(spoilt, 12, 5)).isEqualTo(1);
    assertThat(spoilt[17]).isCloseTo(values[17], org.assertj.core.data.Offset.offset(3.0));
    assertThat(OutlierFilter.apply(values, 12, 5)).as("a season is no outlier").isZero();
    assertThat(OutlierFilter.apply(new double[] {5, 5, 5, 5, 5, 5}, 1, 5)).isZero();
  }

  @Test
  void outliersOfTheFirstAndLastSeasonsMustBeFarFromTheStepsAroundThemToo() {
    double[] trend = new double[72];
    for (int t = 0; t < trend.length; t++) {
      trend[t] = 20 * t + 300 * (t % 12 == 11 ? 1 : 0) + Math.sin(t);
    }
    double[] spoilt = trend.clone();
    int[] places = {3, 30, 60, 65, 70};
    for (int place : places) {
      spoilt[place] += 60_000;
    }
    double[] last = trend.clone();
    last[71] += 60_000;

    assertThat(OutlierFilter.apply(trend.clone(), 12, 5)).as("peaks on a slope").isZero();
    assertThat(OutlierFilter.apply(spoilt, 12, 5)).isEqualTo(places.length);
    for (int place : places) {
      assertThat(spoilt[place])
          .isCloseTo(trend[place], org.assertj.core.data.Offset.offset(20.0 * 12 * 2));
    }
    assertThat(OutlierFilter.apply(last, 12, 5)).as("off, or a new level").isZero();
  }

  @Test
  void seasonsThatASeriesIsTooShortForAreLeftOut() throws Refused {
    SeriesLayout hourly =
        Layouts.of("hour", Gaps.ZERO, WithinStep.REFUSE, Duplicates.REFUSE_ROWS, List.of(), 1000);
    RawSeries raw = new RawSeries(new Object[] {"a"}, 0, 1000);
    for (int t = 0; t < 400; t++) {
      raw.add(t * DAY / 24, t, NOTHING);
    }
    RegularSeries series = regular(hourly, raw);

    assertThat(series.history(400).periods()).containsExactly(24, 168);
    assertThat(series.history(335).periods()).containsExactly(24);
    assertThat(series.history(24).periods()).isEmpty();
  }

  @Test
  void timesOfAllYearsAreSeriesOrRefused() throws Refused {
    RawSeries years = new RawSeries(new Object[] {"a"}, 0, 1000);
    years.add(-62_135_596_800_000_000L, 1, NOTHING); // 0001-01-01
    years.add(253_402_214_400_000_000L, 2, NOTHING); // 9999-12-31
    SeriesLayout found =
        Layouts.of("", Gaps.ZERO, WithinStep.REFUSE, Duplicates.REFUSE_ROWS, List.of(), 1000);

    assertRefused(found, years, Rule.SERIES_GAPS, "999 of its 1000 steps");
    RawSeries old = new RawSeries(new Object[] {"a"}, 0, 1000);
    for (int day = 0; day < 20; day++) {
      old.add(-11_644_473_600_000_000L + day * DAY, 1 + day, NOTHING); // from 1601-01-01
    }
    RegularSeries series = regular(found, old);
    assertThat(series.length()).isEqualTo(20);
    assertThat(Times.show(series.time(20))).isEqualTo("1601-01-21T00:00:00Z");
  }
}

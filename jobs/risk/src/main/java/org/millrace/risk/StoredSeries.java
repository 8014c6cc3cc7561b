package org.millrace.risk;

import java.util.List;
import java.util.Optional;
import org.millrace.risk.time.CalendarPart;
import org.millrace.risk.time.Statistic;
import org.millrace.risk.time.Target;
import org.millrace.risk.time.TimeOptions;

/**
 * {@link TimeOptions} as they stand in a model's file, where what is absent is null.
 *
 * @param season null where there is none
 */
record StoredSeries(
    String column,
    List<String> keys,
    List<String> columns,
    List<Integer> lags,
    List<Integer> differences,
    List<Integer> rolling,
    List<Statistic> statistics,
    List<CalendarPart> calendar,
    int horizon,
    Target target,
    Integer season) {

  static StoredSeries of(TimeOptions o) {
    return new StoredSeries(
        o.column(),
        o.keys(),
        o.columns(),
        o.lags(),
        o.differences(),
        o.rolling(),
        o.statistics(),
        o.calendar(),
        o.horizon(),
        o.target(),
        o.naive().season().orElse(null));
  }

  TimeOptions options() {
    return new TimeOptions(
        column,
        keys,
        columns,
        lags,
        differences,
        rolling,
        statistics,
        calendar,
        horizon,
        target,
        new TimeOptions.Naive(Optional.ofNullable(season)));
  }
}

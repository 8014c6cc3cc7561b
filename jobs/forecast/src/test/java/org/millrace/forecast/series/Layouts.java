package org.millrace.forecast.series;

import java.util.List;
import java.util.Optional;

/** Layouts for tests. */
final class Layouts {
  private Layouts() {}

  static SeriesLayout of(
      String frequency,
      SeriesLayout.Gaps gaps,
      SeriesLayout.WithinStep withinStep,
      SeriesLayout.Duplicates duplicates,
      List<String> known,
      int maxPoints) {
    return new SeriesLayout(
        new SeriesLayout.Shape.Rows(List.of("shop"), "value"),
        "timestamp",
        known,
        "UTC",
        frequency.isEmpty() ? Optional.empty() : Optional.of(frequency),
        Optional.empty(),
        gaps,
        0.5,
        withinStep,
        duplicates,
        true,
        Optional.empty(),
        maxPoints);
  }

  static SeriesLayout daily(SeriesLayout.Gaps gaps) {
    return of(
        "day",
        gaps,
        SeriesLayout.WithinStep.REFUSE,
        SeriesLayout.Duplicates.REFUSE_ROWS,
        List.of(),
        1000);
  }
}

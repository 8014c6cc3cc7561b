package org.millrace.forecast.series;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What tasks need of a {@link SeriesLayout}, which is not serializable.
 *
 * @param keys key columns
 * @param given frequency; empty text to find it
 * @param seasons none for the usual ones, else one list
 * @param outlierDeviations infinite to keep outliers
 */
record SeriesRules(
    int keys,
    List<String> known,
    String zone,
    String given,
    List<List<Integer>> seasons,
    SeriesLayout.Gaps gaps,
    double maxGapShare,
    SeriesLayout.WithinStep withinStep,
    SeriesLayout.Duplicates duplicates,
    boolean trimLeadingZeros,
    double outlierDeviations,
    int maxPoints)
    implements Serializable {

  static SeriesRules of(SeriesLayout layout) {
    return new SeriesRules(
        layout.shape().keys().size(),
        layout.known(),
        layout.zone(),
        layout.frequency().orElse(""),
        layout.seasons().map(List::of).orElse(List.of()),
        layout.gaps(),
        layout.maxGapShare(),
        layout.withinStep(),
        layout.duplicates(),
        layout.trimLeadingZeros(),
        layout.outliers().map(SeriesLayout.Outliers::deviations).orElse(Double.POSITIVE_INFINITY),
        layout.maxPoints());
  }

  Optional<Frequency> frequency() {
    return Frequency.parse(given);
  }

  /** Of a series with that frequency, shortest first. */
  int[] seasonsOf(Frequency frequency) {
    return seasons.isEmpty()
        ? frequency.seasons()
        : seasons.get(0).stream().mapToInt(Integer::intValue).toArray();
  }
}

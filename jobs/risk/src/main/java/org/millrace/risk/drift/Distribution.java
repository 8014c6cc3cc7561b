package org.millrace.risk.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.List;
import org.millrace.risk.features.ColumnKind;

/**
 * How the values of a column lay at training.
 *
 * @param counts rows in each bin; at the end those where it is missing
 * @param history whether values are made of, or told from, the history of time series: those of
 *     neighbouring rows are alike
 */
public record Distribution(
    String column, ColumnKind kind, Bins bins, List<Long> counts, boolean history)
    implements Serializable {

  public Distribution {
    counts = List.copyOf(counts);
    if (counts.size() != bins.count() + 1) {
      throw new IllegalArgumentException(
          "column %s has %d bins, and counts of %d"
              .formatted(column, bins.count(), counts.size() - 1));
    }
  }

  /** Of rows that stand for themselves. */
  public Distribution(String column, ColumnKind kind, Bins bins, List<Long> counts) {
    this(column, kind, bins, counts, false);
  }

  /** The same as one of the history of time series. */
  public Distribution asHistory() {
    return new Distribution(column, kind, bins, counts, true);
  }

  @JsonIgnore
  public long rows() {
    return counts.stream().mapToLong(c -> c).sum();
  }
}

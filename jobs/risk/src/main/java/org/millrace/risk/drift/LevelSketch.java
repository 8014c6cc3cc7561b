package org.millrace.risk.drift;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.millrace.risk.features.ColumnKind;

/**
 * Levels with their rows. Of more than {@value #MOST} different ones only the model's own are
 * counted by themselves: then it is not known which others there were.
 */
final class LevelSketch implements ColumnSketch {
  private static final long serialVersionUID = 1L;
  static final int MOST = 10_000;
  static final int BINS = 20;

  private final String column;
  private final ColumnKind kind;
  private final HashSet<String> own;
  private final HashMap<String, Long> counts = new HashMap<>();
  private boolean full;
  private long others;
  private long missing;

  /**
   * @param own levels that the model has a feature of: never forgotten, however many there are
   */
  LevelSketch(String column, ColumnKind kind, Collection<String> own) {
    this.column = column;
    this.kind = kind;
    this.own = new HashSet<>(own);
  }

  @Override
  public void add(Object value) {
    if (value == null) {
      missing++;
    } else {
      add(String.valueOf(value), 1);
    }
  }

  private void add(String level, long rows) {
    if (full && !own.contains(level)) {
      others += rows;
      return;
    }
    counts.merge(level, rows, Long::sum);
    if (!full && counts.size() > MOST) {
      forget();
    }
  }

  private void forget() {
    full = true;
    counts
        .entrySet()
        .removeIf(
            level -> {
              boolean forgotten = !own.contains(level.getKey());
              others += forgotten ? level.getValue() : 0;
              return forgotten;
            });
  }

  @Override
  public void merge(ColumnSketch other) {
    LevelSketch theirs = (LevelSketch) other;
    if (theirs.full && !full) {
      forget();
    }
    theirs.counts.forEach(this::add);
    others += theirs.others;
    missing += theirs.missing;
  }

  /** The most frequent levels a bin each; the rest stays together. */
  @Override
  public Distribution distribution() {
    List<Map.Entry<String, Long>> sorted =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    List<String> binned = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    List<Long> ofBins = new ArrayList<>();
    long ofRest = others;
    for (Map.Entry<String, Long> level : sorted) {
      if (binned.size() < BINS) {
        binned.add(level.getKey());
        ofBins.add(level.getValue());
      } else {
        rest.add(level.getKey());
        ofRest += level.getValue();
      }
    }
    ofBins.add(ofRest);
    ofBins.add(0L);
    ofBins.add(missing);
    return new Distribution(column, kind, new Levels(binned, rest, !full), ofBins);
  }
}

package org.millrace.risk.features;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.config.Check;

/**
 * How columns are turned into features; defaults and meanings are in {@code reference.conf}.
 *
 * @param exclude columns that no features are made of
 * @param kinds column to the kind that it is taken for
 * @param oneHotLevels the most frequent levels of a categorical column that get a feature each
 * @param rareRows levels of fewer rows are taken together
 * @param hashBuckets features that the levels of a column with more of them are hashed to
 * @param targetSmoothing rows that the mean of all labels counts as in target statistics; absent
 *     for none
 * @param textBuckets features that the words of a text are hashed to
 */
public record FeaturesConfig(
    List<String> exclude,
    Map<String, String> kinds,
    int oneHotLevels,
    int rareRows,
    int hashBuckets,
    Optional<Double> targetSmoothing,
    int textBuckets) {

  public FeaturesConfig {
    kinds.forEach(
        (column, kind) ->
            Check.that(
                ColumnKind.of(kind).isPresent(),
                "kinds",
                column + " = " + kind,
                "for each column one of " + ColumnKind.accepted()));
    Check.that(
        oneHotLevels >= 2 && oneHotLevels <= 1000, "one-hot-levels", oneHotLevels, "2 to 1000");
    Check.that(rareRows >= 1, "rare-rows", rareRows, "1 or more");
    Check.that(
        hashBuckets >= 0 && hashBuckets <= 65_536, "hash-buckets", hashBuckets, "0 to 65536");
    targetSmoothing.ifPresent(
        rows -> Check.that(rows >= 0 && rows <= 1e6, "target-smoothing", rows, "0 to 1000000"));
    Check.that(
        textBuckets >= 1 && textBuckets <= 65_536, "text-buckets", textBuckets, "1 to 65536");
    exclude = List.copyOf(exclude);
    kinds = Map.copyOf(kinds);
  }

  /** All columns that are named here. */
  List<String> named() {
    return Stream.concat(exclude.stream(), kinds.keySet().stream()).distinct().toList();
  }
}

package org.millrace.risk.features;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.millrace.config.Check;

/**
 * How columns are turned into features; defaults and meanings are in {@code reference.conf}.
 *
 * @param exclude columns that no features are made of
 * @param kinds column to the kind that it is taken for
 * @param oneHotLevels a categorical column of no more levels gets a feature for each
 * @param rareRows levels of fewer rows are taken together
 */
public record FeaturesConfig(
    List<String> exclude, Map<String, String> kinds, int oneHotLevels, int rareRows) {

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
    exclude = List.copyOf(exclude);
    kinds = Map.copyOf(kinds);
  }

  /** All columns that are named here. */
  List<String> named() {
    return Stream.concat(exclude.stream(), kinds.keySet().stream()).distinct().toList();
  }
}

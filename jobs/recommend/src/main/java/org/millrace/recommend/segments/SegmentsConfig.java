package org.millrace.recommend.segments;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.table.TableRef;

/**
 * The keys of {@link FindSegments}; defaults and meanings are in {@code reference.conf}.
 *
 * @param k numbers of segments to try
 */
public record SegmentsConfig(
    SegmentSource source,
    String output,
    Method method,
    List<Integer> k,
    int iterations,
    long seed,
    Optional<TableRef> events,
    Lift lift,
    SegmentListsConfig lists) {

  /**
   * @param items shown of each segment
   * @param minUsers of a segment, who must have an item for it to be shown
   */
  public record Lift(int items, int minUsers) {
    public Lift {
      Check.that(items >= 1 && items <= 10_000, "items", items, "a whole number in 1..10000");
      Check.that(minUsers >= 1, "min-users", minUsers, "a whole number of at least 1");
    }
  }

  public SegmentsConfig {
    Check.that(
        output.matches("[a-z0-9][a-z0-9_-]*"),
        "output",
        output,
        "small letters, digits, - and _, such as shop");
    Check.that(
        !k.isEmpty() && k.stream().allMatch(n -> n >= 2 && n <= 1000),
        "k",
        k,
        "a list of whole numbers in 2..1000");
    Check.that(
        iterations >= 1 && iterations <= 1000,
        "iterations",
        iterations,
        "a whole number in 1..1000");
  }
}

package org.millrace.features.privacy;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * How much of one person counts; what is more is left out by chance.
 *
 * @param groups of a person
 * @param rows of a person in each of these groups
 */
public record Bounds(int groups, int rows) implements Serializable {
  public Bounds {
    Check.that(groups >= 1 && groups <= 1_000_000, "groups", groups, "1..1000000");
    Check.that(rows >= 1 && rows <= 1_000_000, "rows", rows, "1..1000000");
  }

  /** Rows of a person that count. */
  double allRows() {
    return (double) groups * rows;
  }
}

package org.millrace.recommend.neighbour;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * Which rows of a matrix are neighbours, by the cosine of the angle between them.
 *
 * @param neighbours kept of each row, the most similar first, 1..10000
 * @param minSupport columns that two rows must both have, at least 1
 * @param shrinkage a similarity on n common columns counts n / (n + shrinkage) of itself: what few
 *     columns tell is trusted less (Bell and Koren, Scalable collaborative filtering with jointly
 *     derived neighborhood interpolation weights, ICDM 2007, section 2.2)
 */
public record Similarity(int neighbours, int minSupport, double shrinkage) implements Serializable {
  public Similarity {
    Check.that(
        neighbours >= 1 && neighbours <= 10_000, "neighbours", neighbours, "a number in 1..10000");
    Check.that(minSupport >= 1, "min-support", minSupport, "a whole number of at least 1");
    Check.that(shrinkage >= 0 && shrinkage <= 1e9, "shrinkage", shrinkage, "a number in 0..1e9");
  }

  /** The shrunk similarity, 0 where too few columns support it. */
  double of(double cosine, int common) {
    return common < minSupport ? 0 : cosine * common / (common + shrinkage);
  }
}

package org.millrace.recommend.als;

/**
 * How the factors are fitted.
 *
 * @param rank latent factors, 1..1024; memory grows with (users + items) x rank x 4 bytes, time
 *     with ratings x rank squared
 * @param regularization penalty on squared factors, at least 0; multiplied by each user's and
 *     item's number of ratings (ALS-WR: Zhou et al., Large-scale parallel collaborative filtering
 *     for the Netflix prize, AAIM 2008)
 * @param iterations rounds of solving for items and then for users, 1..1000
 * @param blocks parts into which users, and likewise items, are cut, 1..10000: the parallelism of
 *     training. The starting factors depend on it, so it belongs to the model's identity
 * @param seed of the starting factors
 * @param nonnegative whether factors may not be negative
 */
public record AlsParams(
    int rank, double regularization, int iterations, int blocks, long seed, boolean nonnegative) {

  /**
   * @throws IllegalArgumentException naming the component that is out of range
   */
  public AlsParams {
    require(rank >= 1 && rank <= 1024, "rank must be in 1..1024", rank);
    require(
        regularization >= 0 && regularization <= 1e9,
        "regularization must be in 0..1e9",
        regularization);
    require(iterations >= 1 && iterations <= 1000, "iterations must be in 1..1000", iterations);
    require(blocks >= 1 && blocks <= 10_000, "blocks must be in 1..10000", blocks);
  }

  private static void require(boolean valid, String rule, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(rule + ", was " + value);
    }
  }
}

package org.millrace.deep.train;

/**
 * Some steps in a row, for a learning curve.
 *
 * @param epoch from 0
 * @param step of the epoch after which it ends, from 1
 * @param rows of all ranks
 * @param loss mean over the rows' weights
 * @param seconds that they took
 * @param synchronization share of the seconds in which rank 0 exchanged or waited for the others
 */
public record Window(
    int epoch, int step, long rows, double loss, double seconds, double synchronization) {
  public double examplesPerSecond() {
    return rows / seconds;
  }
}

package org.millrace.deep.train;

/**
 * One pass over the training rows.
 *
 * @param index from 0
 * @param rows of all ranks
 * @param loss mean over the rows' weights, each as it was when its batch was trained on
 * @param seconds of training, without the evaluation
 * @param synchronization share of the seconds in which rank 0 exchanged or waited for the others
 * @param evaluation null where the epoch was not evaluated
 */
public record Epoch(
    int index,
    long rows,
    double loss,
    double seconds,
    double synchronization,
    Evaluation evaluation) {
  public double examplesPerSecond() {
    return rows / seconds;
  }
}

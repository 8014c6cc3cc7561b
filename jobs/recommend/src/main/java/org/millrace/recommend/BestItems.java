package org.millrace.recommend;

/**
 * The best items seen so far for one user: at most k positions with their scores, the worst on top
 * of a binary heap of primitives. Of equal scores the smaller position is the better.
 */
public final class BestItems {

  private final double[] scores;
  private final int[] positions;
  private int size;

  public BestItems(int k) {
    this.scores = new double[k];
    this.positions = new int[k];
  }

  /** The score that an item with a greater position must exceed to enter. */
  public double toBeat() {
    return size < scores.length ? Double.NEGATIVE_INFINITY : scores[0];
  }

  public void offer(double score, int position) {
    if (size < scores.length) {
      int i = size++;
      while (i > 0 && worse(score, position, (i - 1) / 2)) {
        move((i - 1) / 2, i);
        i = (i - 1) / 2;
      }
      set(i, score, position);
    } else if (!worse(score, position, 0)) {
      siftDown(score, position);
    }
  }

  public int size() {
    return size;
  }

  /** Takes the worst item out and returns its position. */
  public int removeWorst() {
    int worst = positions[0];
    size--;
    siftDown(scores[size], positions[size]);
    return worst;
  }

  /** The score of the item that {@link #removeWorst} would take. */
  public double worstScore() {
    return scores[0];
  }

  private void siftDown(double score, int position) {
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && worse(scores[child + 1], positions[child + 1], child)) {
        child++;
      }
      if (!worse(scores[child], positions[child], score, position)) {
        break;
      }
      move(child, i);
      i = child;
    }
    set(i, score, position);
  }

  private boolean worse(double score, int position, int than) {
    return worse(score, position, scores[than], positions[than]);
  }

  private static boolean worse(double score, int position, double thanScore, int thanPosition) {
    return score < thanScore || (score == thanScore && position > thanPosition);
  }

  private void move(int from, int to) {
    set(to, scores[from], positions[from]);
  }

  private void set(int i, double score, int position) {
    scores[i] = score;
    positions[i] = position;
  }
}

package org.millrace.deep.data;

import java.io.Serializable;

/** Examples dealt to ranks, each of which reads its own on whatever executor it runs. */
public interface Batches extends Serializable {
  int ranks();

  /** Examples of a rank; they differ by one at the most. */
  long rows(int rank);

  /** Examples in a full batch of one rank. */
  int batchSize();

  /** Opens a rank's examples, on the executor. */
  BatchSource open(int rank);

  /** Steps of an epoch, equal on every rank: as many as the fullest one needs. */
  default int steps() {
    long most = 0;
    for (int rank = 0; rank < ranks(); rank++) {
      most = Math.max(most, rows(rank));
    }
    return Math.toIntExact((most + batchSize() - 1) / batchSize());
  }
}

package org.millrace.deep.data;

/**
 * The examples of one rank, batch by batch. A batch is determined by the data, the seed, the rank,
 * the epoch and its index, so that a run that resumes in the middle of an epoch sees what the
 * uninterrupted one would have seen.
 */
public interface BatchSource extends AutoCloseable {
  /**
   * A batch; the object is reused by the next call.
   *
   * @param epoch from 0
   * @param index from 0; a batch behind the last one of this rank has no rows
   */
  Batch batch(int epoch, int index);

  @Override
  void close();
}

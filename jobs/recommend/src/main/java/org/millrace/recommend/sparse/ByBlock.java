package org.millrace.recommend.sparse;

import org.apache.spark.Partitioner;

/** Neighbouring numbers into one partition. */
final class ByBlock extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int capacity;
  private final int parts;

  ByBlock(int capacity, int parts) {
    this.capacity = capacity;
    this.parts = parts;
  }

  @Override
  public int numPartitions() {
    return parts;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key / capacity;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByBlock b && b.capacity == capacity && b.parts == parts;
  }

  @Override
  public int hashCode() {
    return 31 * capacity + parts;
  }
}

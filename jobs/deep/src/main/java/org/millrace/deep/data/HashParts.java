package org.millrace.deep.data;

import org.apache.spark.Partitioner;

/** Partitions whose contents follow each other in the order of the hashes. */
final class HashParts extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int parts;

  HashParts(int parts) {
    this.parts = parts;
  }

  @Override
  public int numPartitions() {
    return parts;
  }

  @Override
  public int getPartition(Object key) {
    return ((HashOrder) key).part(parts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HashParts same && same.parts == parts;
  }

  @Override
  public int hashCode() {
    return parts;
  }
}

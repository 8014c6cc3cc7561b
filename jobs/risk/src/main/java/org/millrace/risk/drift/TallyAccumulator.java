package org.millrace.risk.drift;

import java.util.BitSet;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Tallies of partitions added up on the driver. A partition counts once, also where a task is tried
 * again.
 */
final class TallyAccumulator extends AccumulatorV2<Tally, Tally> {
  private static final long serialVersionUID = 1L;
  private final List<Distribution> columns;
  private BitSet partitions = new BitSet();
  private Tally total;

  TallyAccumulator(List<Distribution> columns) {
    this.columns = columns;
    this.total = new Tally(columns);
  }

  @Override
  public synchronized boolean isZero() {
    return partitions.isEmpty();
  }

  @Override
  public synchronized TallyAccumulator copy() {
    TallyAccumulator copy = new TallyAccumulator(columns);
    copy.partitions = (BitSet) partitions.clone();
    copy.total = total.copy();
    return copy;
  }

  @Override
  public TallyAccumulator copyAndReset() {
    return new TallyAccumulator(columns);
  }

  @Override
  public synchronized void reset() {
    partitions = new BitSet();
    total = new Tally(columns);
  }

  /** Adds the whole of the task's partition. */
  @Override
  public synchronized void add(Tally partition) {
    partitions.set(TaskContext.getPartitionId());
    total.merge(partition);
  }

  @Override
  public synchronized void merge(AccumulatorV2<Tally, Tally> other) {
    TallyAccumulator theirs = (TallyAccumulator) other;
    if (!partitions.intersects(theirs.partitions)) {
      partitions.or(theirs.partitions);
      total.merge(theirs.total);
    }
  }

  @Override
  public synchronized Tally value() {
    return total.copy();
  }
}

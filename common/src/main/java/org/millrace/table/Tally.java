package org.millrace.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * What the tasks of a guarded source counted, by partition. A partition that is computed again
 * replaces what it said before, so retries and recomputations do not count twice.
 */
final class Tally extends AccumulatorV2<Tally.Partition, Map<Integer, Tally.Partition>> {
  private static final long serialVersionUID = 1L;

  /** Reasons kept as examples for each rule. */
  static final int EXAMPLES = 3;

  /**
   * What one task counted.
   *
   * @param file the task's file of rejects; empty where it rejected none
   * @param byRule rejected rows that broke each rule, by its index
   * @param examples a few reasons for each rule, by its index
   */
  record Partition(
      int index,
      long seen,
      long rejected,
      String file,
      Map<Integer, Long> byRule,
      Map<Integer, List<String>> examples)
      implements Serializable {}

  private transient volatile boolean frozen;
  private final Map<Integer, Partition> partitions = Collections.synchronizedMap(new TreeMap<>());

  @Override
  public boolean isZero() {
    return partitions.isEmpty();
  }

  @Override
  public Tally copy() {
    Tally copy = new Tally();
    copy.merge(this);
    return copy;
  }

  @Override
  public Tally copyAndReset() {
    return new Tally();
  }

  @Override
  public void reset() {
    partitions.clear();
  }

  @Override
  public void add(Partition partition) {
    partitions.put(partition.index(), partition);
  }

  @Override
  public void merge(AccumulatorV2<Partition, Map<Integer, Partition>> other) {
    if (!frozen) {
      partitions.putAll(other.value());
    }
  }

  /**
   * Takes what was counted up to now as final. Parts of a cached table may be computed again later,
   * by tasks whose partitions are numbered otherwise, such as those of a union.
   */
  void freeze() {
    frozen = true;
  }

  @Override
  public Map<Integer, Partition> value() {
    synchronized (partitions) {
      return new TreeMap<>(partitions);
    }
  }

  long seen() {
    return value().values().stream().mapToLong(Partition::seen).sum();
  }

  long rejected() {
    return value().values().stream().mapToLong(Partition::rejected).sum();
  }

  /** The files that hold the rejects, of successful attempts only. */
  List<String> files() {
    return value().values().stream().map(Partition::file).filter(f -> !f.isEmpty()).toList();
  }

  long brokenRows(int rule) {
    return value().values().stream().mapToLong(p -> p.byRule().getOrDefault(rule, 0L)).sum();
  }

  List<String> examples(int rule) {
    List<String> examples = new ArrayList<>();
    value().values().forEach(p -> examples.addAll(p.examples().getOrDefault(rule, List.of())));
    return examples.stream().limit(EXAMPLES).toList();
  }
}

package org.millrace.risk;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.features.InternalColumn;

/**
 * Scores rows as they flow by, in blocks and as Spark itself holds them: a predictor goes over its
 * trees once for many rows. No more than a block is held.
 */
final class ScoredRows implements Iterator<InternalRow> {
  private static final int BLOCK = 128;

  /** Columns of scores beside those that are kept, for the most of all tasks. */
  private static final int MOST_COLUMNS = 8;

  /** What all tasks share. */
  static final class Plan implements Serializable {
    private static final long serialVersionUID = 1L;
    private final RiskModel.Scorer scorer;
    private final StructType table;
    private final FittedLabel label;
    private final int[] kept;
    // Java cannot serialize Optional.
    private final Decision decision;
    private final RowReasons reasons;

    /**
     * @param table the schema of the rows
     * @param kept places of the columns that the scores carry
     */
    Plan(RiskModel model, StructType table, int[] kept, Optional<RowReasons> reasons) {
      this.scorer = model.scorer(table);
      this.table = table;
      this.label = model.label();
      this.decision = model.decision().orElse(null);
      this.kept = kept.clone();
      this.reasons = reasons.orElse(null);
    }
  }

  private final Iterator<InternalRow> rows;
  private final Plan plan;
  private final RiskModel.Block block;
  private final InternalColumn[] kept;
  private final InternalColumn[] explained;
  private final UTF8String[] classes;
  private final ArrayDeque<InternalRow> ready = new ArrayDeque<>();

  ScoredRows(Iterator<InternalRow> rows, Plan plan) {
    this.rows = rows;
    this.plan = plan;
    this.block = plan.scorer.block(BLOCK);
    this.kept =
        Arrays.stream(plan.kept)
            .mapToObj(place -> new InternalColumn(plan.table, place))
            .toArray(InternalColumn[]::new);
    this.explained = plan.reasons == null ? null : plan.reasons.read();
    this.classes =
        plan.label.classes().stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      List<InternalRow> read = new ArrayList<>(BLOCK);
      while (read.size() < BLOCK && rows.hasNext()) {
        read.add(rows.next().copy()); // Spark fills its row again for the next one.
      }
      score(read);
    }
    return ready.poll();
  }

  private void score(List<InternalRow> read) {
    plan.scorer.score(read, block);
    int[] outputs = new int[read.size()];
    for (int r = 0; r < outputs.length; r++) {
      outputs[r] = best(block.said()[r]);
    }
    List<RowReasons.Told> told =
        plan.reasons == null
            ? List.of()
            : plan.reasons.of(read, explained, block.encoded(), outputs);
    for (int r = 0; r < outputs.length; r++) {
      ready.add(row(read.get(r), r, outputs[r], told.isEmpty() ? null : told.get(r)));
    }
  }

  private static int best(double[] said) {
    int best = 0;
    for (int i = 1; i < said.length; i++) {
      best = said[i] > said[best] ? i : best;
    }
    return best;
  }

  /** As {@link ScoreSchema} orders the columns. */
  private InternalRow row(InternalRow row, int r, int output, RowReasons.Told told) {
    Object[] values = new Object[kept.length + MOST_COLUMNS];
    int at = 0;
    for (InternalColumn column : kept) {
      values[at++] = column.internal(row);
    }
    double[] said = block.said()[r];
    Boolean selected = plan.decision == null ? null : plan.decision.selects(said[0]);
    switch (plan.label.task()) {
      case BINARY -> {
        values[at++] = said[0];
        values[at++] = classes[said[0] > 0.5 ? 1 : 0];
        values[at++] = selected;
      }
      case MULTICLASS -> {
        values[at++] = classes[output];
        values[at++] = said[output];
        values[at++] = UnsafeArrayData.fromPrimitiveArray(said);
      }
      case REGRESSION -> values[at++] = said[0];
      case ANOMALY -> {
        values[at++] = said[0];
        values[at++] = selected;
      }
    }
    values[at++] = block.raw()[r][output];
    if (told == null) {
      at += 4;
    } else {
      values[at++] = told.base();
      values[at++] = texts(told.columns());
      values[at++] = texts(told.values());
      values[at++] = UnsafeArrayData.fromPrimitiveArray(told.contributions());
    }
    return new GenericInternalRow(Arrays.copyOf(values, at));
  }

  private static ArrayData texts(String[] texts) {
    return new GenericArrayData(
        Arrays.stream(texts).map(UTF8String::fromString).toArray(Object[]::new));
  }
}

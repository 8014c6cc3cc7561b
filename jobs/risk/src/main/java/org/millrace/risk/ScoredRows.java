package org.millrace.risk;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.decide.Decision;

/**
 * Scores rows as they flow by, in blocks: a predictor goes over its trees once for many rows. No
 * more than a block is held.
 */
final class ScoredRows implements Iterator<Row> {
  private static final int BLOCK = 128;

  /** What all tasks share. */
  static final class Plan implements Serializable {
    private static final long serialVersionUID = 1L;
    private final RiskModel.Scorer scorer;
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
      this.label = model.label();
      this.decision = model.decision().orElse(null);
      this.kept = kept.clone();
      this.reasons = reasons.orElse(null);
    }
  }

  private final Iterator<Row> rows;
  private final Plan plan;
  private final RiskModel.Block block;
  private final ArrayDeque<Row> ready = new ArrayDeque<>();

  ScoredRows(Iterator<Row> rows, Plan plan) {
    this.rows = rows;
    this.plan = plan;
    this.block = plan.scorer.block(BLOCK);
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      List<Row> read = new ArrayList<>(BLOCK);
      while (read.size() < BLOCK && rows.hasNext()) {
        read.add(rows.next());
      }
      score(read);
    }
    return ready.poll();
  }

  private void score(List<Row> read) {
    plan.scorer.score(read, block);
    int[] outputs = new int[read.size()];
    for (int r = 0; r < outputs.length; r++) {
      outputs[r] = best(block.said()[r]);
    }
    List<RowReasons.Told> told =
        plan.reasons == null ? List.of() : plan.reasons.of(read, block.encoded(), outputs);
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

  private Row row(Row row, int r, int output, RowReasons.Told told) {
    List<Object> values = new ArrayList<>();
    for (int place : plan.kept) {
      values.add(row.get(place));
    }
    double[] said = block.said()[r];
    List<String> classes = plan.label.classes();
    Boolean selected = plan.decision == null ? null : plan.decision.selects(said[0]);
    switch (plan.label.task()) {
      case BINARY ->
          Collections.addAll(values, said[0], classes.get(said[0] > 0.5 ? 1 : 0), selected);
      case MULTICLASS ->
          Collections.addAll(values, classes.get(output), said[output], said.clone());
      case REGRESSION -> values.add(said[0]);
      case ANOMALY -> Collections.addAll(values, said[0], selected);
    }
    values.add(block.raw()[r][output]);
    values.add(told == null ? null : told.base());
    values.add(told == null ? null : told.columns());
    values.add(told == null ? null : told.values());
    values.add(told == null ? null : told.contributions());
    return RowFactory.create(values.toArray());
  }
}

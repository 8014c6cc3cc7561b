package org.millrace.risk.boost;

import java.util.Iterator;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of a partition: those to learn from, and those that tell when to stop.
 *
 * @param learnt closed with this
 * @param watched closed with this
 */
record Packs(PackedRows learnt, PackedRows watched) implements AutoCloseable {
  /** The place of what tells them apart, after vector, label and weight. */
  private static final int WATCHED = 3;

  static Packs of(Iterator<InternalRow> rows, int width) {
    Packs packs = new Packs(new PackedRows(width), new PackedRows(width));
    try {
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        (row.getBoolean(WATCHED) ? packs.watched : packs.learnt).add(row);
      }
      return packs;
    } catch (Throwable e) {
      packs.close();
      throw e;
    }
  }

  /**
   * Boosts on the rows of several packs, in their order, and closes them.
   *
   * @param watching whether there are rows that tell when to stop, here or in another worker
   */
  static Boosted boost(List<Packs> all, BoostingPlan plan, boolean watching, int threads)
      throws XGBoostError {
    DMatrix train = null;
    DMatrix validation = null;
    try {
      train = PackedRows.matrix(all.stream().map(Packs::learnt).toList(), plan.width());
      if (watching) {
        validation = PackedRows.matrix(all.stream().map(Packs::watched).toList(), plan.width());
      }
      return Boosting.boost(plan, threads, train, validation);
    } finally {
      all.forEach(Packs::close);
      if (train != null) {
        train.dispose();
      }
      if (validation != null) {
        validation.dispose();
      }
    }
  }

  @Override
  public void close() {
    learnt.close();
    watched.close();
  }
}

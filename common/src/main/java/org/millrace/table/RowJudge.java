package org.millrace.table;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import scala.Function1;

/**
 * What a task does with a row once its rules have been looked at: counts it, and writes it down if
 * it broke one. Public for the code that Spark generates.
 */
public final class RowJudge implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Guard.Spec spec;
  private final Tally tally;
  private final DataType shown;
  private transient TaskRejects task;
  private transient Function1<Object, Object> toRow;

  RowJudge(Guard.Spec spec, Tally tally, DataType shown) {
    this.spec = spec;
    this.tally = tally;
    this.shown = shown;
  }

  /** Counts a row that keeps all rules. */
  public void pass() {
    task().see();
  }

  /**
   * Counts a row that does not, and writes it down.
   *
   * @param words the rules that it broke: bit b of word w is rule w x 64 + b
   * @param row the columns that a reject shows
   */
  public void reject(long[] words, InternalRow row) {
    if (toRow == null) {
      toRow = CatalystTypeConverters.createToScalaConverter(shown);
    }
    List<Integer> broken = new ArrayList<>();
    for (int word = 0; word < words.length; word++) {
      for (long rest = words[word]; rest != 0; rest &= rest - 1) {
        broken.add(word * Long.SIZE + Long.numberOfTrailingZeros(rest));
      }
    }
    task().see();
    try {
      task().reject((Row) toRow.apply(row), broken);
    } catch (IOException e) {
      // Not every piece of generated code may throw it.
      throw new UncheckedIOException(e);
    }
  }

  private TaskRejects task() {
    TaskContext context = TaskContext.get();
    if (task == null || !task.belongsTo(context)) {
      task = TaskRejects.of(spec, tally, context);
    }
    return task;
  }
}

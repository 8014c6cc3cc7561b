package org.millrace.table;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.JavaConverters;

/**
 * Splits the rows of a source into good ones, which go on, and rejected ones, which each task
 * writes to a file of its own as it meets them: one pass, no cache, no second read.
 *
 * <p>A good row costs one comparison and one count. The filter is declared nondeterministic, so
 * that the optimizer neither moves nor repeats it. Tallies are kept by partition and the last
 * successful attempt counts, so that retried, speculative and recomputed tasks change nothing. The
 * guarded rows must be consumed whole, and under one physical plan: cached, or by one publication.
 */
final class Guard {
  /** Rules that one mask word holds. */
  static final int WORD = 62;

  private static final String RAW = "__raw.";
  private static final String MASK = "__mask.";

  private final Spec spec;
  private final Tally tally;

  /** What a task needs in order to write down a rejected row. */
  record Spec(
      String guardId,
      String input,
      String runId,
      String directory,
      List<RowCheck.BrokenRule> rules,
      SerializableConfiguration hadoop)
      implements Serializable {}

  /**
   * Makes ready to split.
   *
   * @param input the input's name, which each reject carries
   * @param directory where tasks write their files of rejects, hidden from readers
   */
  Guard(
      SparkSession spark,
      String guardId,
      String input,
      String runId,
      Path directory,
      List<RowCheck.BrokenRule> rules) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    this.spec = new Spec(guardId, input, runId, directory.toString(), List.copyOf(rules), hadoop);
    this.tally = new Tally();
    spark.sparkContext().register(tally, "rows of " + input);
  }

  /**
   * The good rows.
   *
   * @param keep the columns of a good row
   * @param masks words of rule bits, as {@link RowCheck#masks()} makes them
   * @param shown the columns of a rejected row's record
   */
  Dataset<Row> split(
      Dataset<Row> source, List<Column> keep, List<Column> masks, List<String> shown) {
    List<Column> projected = new ArrayList<>(keep);
    List<Column> raws = new ArrayList<>();
    for (String name : shown) {
      projected.add(col(RowCheck.quote(name)).as(RAW + name));
      raws.add(col(RowCheck.quote(RAW + name)).as(name));
    }
    // Zero, but nondeterministic to the optimizer: else it would write the conditions out at every
    // place where a word is used, and what they have in common would be computed for each of them.
    Column nothing = spark_partition_id().cast(DataTypes.LongType).bitwiseAND(lit(0L));
    List<Column> words = new ArrayList<>();
    Column union = lit(0L);
    for (int i = 0; i < masks.size(); i++) {
      projected.add(masks.get(i).bitwiseOR(nothing).as(MASK + i));
      words.add(col(RowCheck.quote(MASK + i)));
      union = union.bitwiseOR(words.get(i));
    }
    Dataset<Row> measured = source.select(projected.toArray(Column[]::new));
    Accept accept = new Accept(spec, tally);
    Reject reject = new Reject(spec, tally);
    Column taken =
        udf(accept, DataTypes.BooleanType)
            .asNondeterministic()
            .asNonNullable()
            .apply(union.equalTo(lit(0L)))
            .or(
                udf(reject, DataTypes.BooleanType)
                    .asNondeterministic()
                    .asNonNullable()
                    .apply(
                        array(words.toArray(Column[]::new)), struct(raws.toArray(Column[]::new))));
    Dataset<Row> good = measured.filter(taken);
    String[] names = new String[keep.size()];
    System.arraycopy(measured.columns(), 0, names, 0, names.length);
    Column[] kept = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      kept[i] = col(RowCheck.quote(names[i]));
    }
    return good.select(kept);
  }

  /** What the tasks counted; complete once the guarded rows have been consumed. */
  Tally tally() {
    return tally;
  }

  List<RowCheck.BrokenRule> rules() {
    return spec.rules();
  }

  /** Counts a row, and says whether it is good. */
  private static final class Accept implements UDF1<Boolean, Boolean> {
    private static final long serialVersionUID = 1L;

    private final Spec spec;
    private final Tally tally;
    private transient TaskRejects task;

    Accept(Spec spec, Tally tally) {
      this.spec = spec;
      this.tally = tally;
    }

    @Override
    public Boolean call(Boolean good) {
      TaskContext context = TaskContext.get();
      if (task == null || !task.belongsTo(context)) {
        task = TaskRejects.of(spec, tally, context);
      }
      task.see();
      return good;
    }
  }

  /** Writes a rejected row down; never lets it pass. */
  private static final class Reject implements UDF2<scala.collection.Seq<Long>, Row, Boolean> {
    private static final long serialVersionUID = 1L;

    private final Spec spec;
    private final Tally tally;

    Reject(Spec spec, Tally tally) {
      this.spec = spec;
      this.tally = tally;
    }

    @Override
    public Boolean call(scala.collection.Seq<Long> words, Row row) throws Exception {
      List<Integer> broken = new ArrayList<>();
      int word = 0;
      for (long bits : JavaConverters.seqAsJavaList(words)) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
          broken.add(word * WORD + Long.numberOfTrailingZeros(rest));
        }
        word++;
      }
      TaskRejects.of(spec, tally, TaskContext.get()).reject(row, broken);
      return false;
    }
  }
}

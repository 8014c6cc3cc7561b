package org.millrace.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.millrace.deep.data.Encoded;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.data.Refusal;
import org.millrace.deep.data.RowEncoder;
import org.millrace.job.JobRecorder;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.table.CheckedTable;
import org.millrace.table.TableRef;

/** Rows that keep their contract and of which no example can be made. */
final class Refusals {
  /** The column with the rule that a row broke. */
  static final String RULE = "_rule";

  /** The column that says why. */
  static final String REASON = "_reason";

  /** The column with what the rejects show of the row. */
  static final String ROW = "_row";

  private Refusals() {}

  /**
   * Refuses an input where the share of rows of which nothing can be made, by their contract or by
   * their content, is too large.
   *
   * @param refused rows that keep the contract, by the rule that they broke
   * @throws Stop exit 3
   */
  static void require(CheckedTable input, TableRef ref, List<RuleReport> refused) {
    long rows = refused.stream().mapToLong(RuleReport::rows).sum();
    long lost = input.rejected() + rows;
    double share = (double) lost / input.seen();
    if (rows == 0 || (share <= ref.maxRejectShare() && lost < input.seen())) {
      return;
    }
    RuleReport most =
        refused.stream().max(Comparator.comparingLong(RuleReport::rows)).orElseThrow();
    throw Stop.contract(
        "%s: of %d rows of %s, %d break contract %s and %d are no examples (%.2f %%, allowed max-reject-share %s);"
            + " most often %s: must be %s; every rejected row is in the rejects table with its reason",
        input.name(),
        input.seen(),
        ref.path(),
        input.rejected(),
        ref.contract(),
        rows,
        100 * share,
        ref.maxRejectShare(),
        most.rule(),
        Refusal.Rule.of(most.rule()).accepted());
  }

  /** Goes over labelled rows once more and puts those that are no examples into the rejects. */
  static void write(Run run, Dataset<Row> rows, Encoding encoding) {
    StructType schema = rows.schema();
    StructType told =
        shown(schema).add(RULE, DataTypes.StringType).add(REASON, DataTypes.StringType);
    JavaRDD<Row> refused = rows.javaRDD().mapPartitions(part -> refused(part, schema, encoding));
    Dataset<Row> judged = rows.sparkSession().createDataFrame(refused, told);
    for (Refusal.Rule rule : Refusal.Rule.values()) {
      Dataset<Row> ofRule = judged.filter(functions.col(RULE).equalTo(rule.id())).drop(RULE);
      if (!ofRule.isEmpty()) {
        run.refuse("examples", ofRule, rule.id(), rule.accepted());
      }
    }
  }

  private static Iterator<Row> refused(Iterator<Row> rows, StructType schema, Encoding encoding) {
    RowEncoder encoder = new RowEncoder(encoding, schema, true);
    Stream<Row> stream = StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false);
    return stream.flatMap(row -> refused(row, encoder)).iterator();
  }

  private static Stream<Row> refused(Row row, RowEncoder encoder) {
    if (!(encoder.encode(row) instanceof Encoded.Refused refused)) {
      return Stream.of();
    }
    List<Object> values = values(row);
    values.add(refused.refusal().rule().id());
    values.add(refused.refusal().reason());
    return Stream.of(RowFactory.create(values.toArray()));
  }

  /** What the rejects show of rows: all columns but those of bytes. */
  static StructType shown(StructType schema) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(f -> !(f.dataType() instanceof BinaryType))
            .toArray(StructField[]::new));
  }

  /** What the rejects show of a row. */
  static Row shown(Row row) {
    return RowFactory.create(values(row).toArray());
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      if (!(row.schema().apply(i).dataType() instanceof BinaryType)) {
        values.add(row.get(i));
      }
    }
    return values;
  }

  /** Tells rows by rule in the report. */
  static void tell(JobRecorder report, List<RuleReport> refused) {
    report.warn(
        "%d rows keep their contract and are no examples; they are in the rejects with their reasons"
            .formatted(refused.stream().mapToLong(RuleReport::rows).sum()));
    report.table(
        new FactTable(
            "Rows that are no examples",
            List.of("rule", "rows", "must be"),
            refused.stream()
                .map(
                    r ->
                        List.of(
                            r.rule(),
                            String.valueOf(r.rows()),
                            Refusal.Rule.of(r.rule()).accepted()))
                .toList()));
  }
}

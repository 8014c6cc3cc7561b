package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.millrace.eval.ColumnNames;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.recommend.factor.FactorFiles;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/**
 * Users to be grouped.
 *
 * @param rows columns user and those named, numbers without nulls
 * @param read users before some were refused
 */
record UserTable(
    Dataset<Row> rows, List<String> columns, List<String> log, long read, long refused) {
  private static final String USER_VALUES = "user.values";

  static NamedTable named(TableRef table, List<String> columns) {
    return new NamedTable(
        "users", table, Stream.concat(Stream.of("user"), columns.stream()).distinct().toList());
  }

  /**
   * @throws Stop exit 2 where a column is no number
   */
  static UserTable of(Run run, SegmentSource source) {
    if (source instanceof SegmentSource.Model m) {
      return factors(FactorFiles.read(run.spark(), run.loadModel("als", m.version())::file));
    } else if (source instanceof SegmentSource.Table t) {
      return table(run, t.table(), t.columns(), t.log(), false);
    }
    SegmentSource.Published p = (SegmentSource.Published) source;
    TableRef ref =
        new TableRef(
            run.published(p.name()).toString(),
            p.contract(),
            TableRef.Format.PARQUET,
            new TableRef.Csv(",", "\"", "\"", "UTF-8", true, false),
            Map.of(),
            Map.of(),
            0);
    return table(run, ref, p.columns(), p.log(), true);
  }

  private static UserTable factors(FactorModel model) {
    int rank = model.users().select("features").first().getSeq(0).size();
    List<String> columns = IntStream.range(0, rank).mapToObj(i -> "factor_" + (i + 1)).toList();
    List<Column> selected = new ArrayList<>(List.of(col("id").as("user")));
    for (int i = 0; i < rank; i++) {
      selected.add(col("features").getItem(i).as(columns.get(i)));
    }
    Dataset<Row> rows = model.users().select(selected.toArray(Column[]::new));
    return new UserTable(rows, columns, List.of(), rows.count(), 0);
  }

  /**
   * @param ofAnotherJob whether it was published under this root: users without a value are no
   *     fault of it, however many they are
   */
  private static UserTable table(
      Run run, TableRef ref, List<String> columns, List<String> log, boolean ofAnotherJob) {
    CheckedTable input = run.read(named(ref, columns));
    for (String column : columns) {
      var type =
          input
              .contract()
              .field(column)
              .orElseThrow(
                  () ->
                      Stop.usage(
                          "columns: contract %s has no column %s; accepted: its numbers",
                          input.contract().id(), column))
              .type();
      if (!(type.spark() instanceof NumericType)) {
        throw Stop.usage(
            "columns: column %s of contract %s is %s; accepted: a number",
            column, input.contract().id(), type.logical().article());
      }
    }
    Column complete =
        columns.stream()
            .map(c -> ColumnNames.column(c).isNotNull())
            .reduce(Column::and)
            .orElseThrow();
    Column fitting =
        log.stream().map(c -> ColumnNames.column(c).gt(-1)).reduce(complete, Column::and);
    Dataset<Row> rows = input.rows();
    long read = rows.count() + input.rejected();
    Dataset<Row> unfit =
        rows.filter(org.apache.spark.sql.functions.not(fitting).or(fitting.isNull()));
    String accepted =
        "of a user with a number in each of %s (above -1 for %s)"
            .formatted(String.join(", ", columns), log.isEmpty() ? "none" : log);
    long broken = input.rejected();
    long refused =
        ofAnotherJob
            ? run.refuse("users", unfit, USER_VALUES, accepted)
            : run.refuse(input, unfit, USER_VALUES, accepted);
    return new UserTable(rows.filter(fitting), columns, log, read, refused + broken);
  }

  RowCounts counts(long written) {
    return new RowCounts("user", read, written, refused);
  }
}

package org.millrace.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.millrace.eval.ColumnNames;
import org.millrace.features.windows.Lookback;
import org.millrace.features.windows.PointInTime;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contract;
import org.millrace.table.RowCounts;

/** Tells of each row what was before it, and nothing that came after. */
public final class Windows implements Job<WindowsConfig> {
  private static final String CONTRACT = "features.windows.v1";
  private static final String AS_OF = "as_of";

  @Override
  public String name() {
    return "features.windows";
  }

  @Override
  public String summary() {
    return "tell of each row what was known at its time: trailing windows, lags, as-of joins";
  }

  @Override
  public Class<WindowsConfig> config() {
    return WindowsConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "history: events.v1, or a contract of yours with keys, a time and the columns that are looked at",
        "rows (optional): a contract of yours with the keys and a time");
  }

  @Override
  public List<String> outputs() {
    return List.of(
        "tables/OUTPUT: " + CONTRACT + ", with the columns of the rows and the features");
  }

  @Override
  public List<NamedTable> tables(WindowsConfig c) {
    List<String> ofHistory = new ArrayList<>(c.keys());
    ofHistory.add(c.historyTime());
    ofHistory.addAll(c.lookback().columns());
    List<NamedTable> tables = new ArrayList<>();
    tables.add(new NamedTable("history", c.history(), ofHistory.stream().distinct().toList()));
    c.rows()
        .ifPresent(
            ref -> {
              List<String> ofRows = new ArrayList<>(c.keys());
              c.rowTime().ifPresent(ofRows::add);
              tables.add(new NamedTable("rows", ref, ofRows.stream().distinct().toList()));
            });
    return tables;
  }

  @Override
  public void run(Run run, WindowsConfig c) {
    List<NamedTable> tables = tables(c);
    try (CheckedTable history = run.read(tables.get(0))) {
      requireTypes(c, history);
      PointInTime plan = new PointInTime(c.lookback(), c.keys());
      if (tables.size() == 1) {
        Dataset<Row> rows = timed(history, c.historyTime());
        publish(run, c, history, plan.features(rows, c.historyTime()), c.historyTime());
        return;
      }
      String time = c.rowTime().orElseThrow();
      try (CheckedTable rows = run.read(tables.get(1))) {
        requireSameKeys(c, history, rows);
        Dataset<Row> features =
            plan.features(
                timed(rows, time), time, timed(history, c.historyTime()), c.historyTime());
        publish(run, c, rows, features, time);
      }
    }
  }

  /** Rows without a time have no past. */
  private static Dataset<Row> timed(CheckedTable table, String time) {
    Optional<Contract.Field> field = table.contract().field(time);
    if (field.isEmpty() || !field.get().type().logical().id().matches("timestamp|date")) {
      throw Stop.usage(
          "features.windows: column %s of %s is no timestamp or date; name one that contract %s has as such",
          time, table.name(), table.contract().id());
    }
    if (!field.get().required()) {
      throw Stop.usage(
          "features.windows: column %s of contract %s may be absent, but a row without a time has no past; make it"
              + " required, so that such rows are rejected",
          time, table.contract().id());
    }
    return table.rows();
  }

  private static void requireTypes(WindowsConfig c, CheckedTable history) {
    for (Lookback.Aggregate aggregate : c.lookback().aggregates()) {
      var type = history.rows().schema().apply(aggregate.column()).dataType();
      if (!(type instanceof NumericType)) {
        throw Stop.usage(
            "features.windows: aggregates are told of numbers, but column %s of contract %s is %s",
            aggregate.column(), history.contract().id(), type.sql());
      }
    }
  }

  private static void requireSameKeys(WindowsConfig c, CheckedTable history, CheckedTable rows) {
    for (String key : c.keys()) {
      String ofHistory = history.rows().schema().apply(key).dataType().sql();
      String ofRows = rows.rows().schema().apply(key).dataType().sql();
      if (!ofHistory.equals(ofRows)) {
        throw Stop.usage(
            "features.windows: key %s is %s in contract %s, but %s in contract %s; give them one type",
            key, ofRows, rows.contract().id(), ofHistory, history.contract().id());
      }
    }
  }

  private static void publish(
      Run run, WindowsConfig c, CheckedTable asking, Dataset<Row> features, String time) {
    List<String> twice =
        Arrays.stream(features.columns())
            .filter(n -> Arrays.stream(features.columns()).filter(n::equalsIgnoreCase).count() > 1)
            .distinct()
            .toList();
    if (!twice.isEmpty() || Arrays.asList(features.columns()).contains(AS_OF)) {
      throw Stop.usage(
          "features.windows: %s is a column of the rows and a feature; rename it in the contract",
          twice.isEmpty() ? AS_OF : twice.get(0));
    }
    run.publishTable(
        c.output(),
        CONTRACT,
        features.withColumn(AS_OF, ColumnNames.column(time).cast("timestamp")),
        written ->
            new RowCounts(
                "row", asking.seen(), asking.seen() - asking.rejected(), asking.rejected()));
  }
}

package org.millrace.risk;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.outcome.Stop;
import org.millrace.risk.model.Task;
import org.millrace.table.Contract;
import org.millrace.table.FieldType.Logical;

/** Finds out what the labels of a table are. */
final class LabelFitter {
  private static final int MOST_CLASSES = 1000;
  private static final int SHOWN = 5;

  private final LabelConfig config;
  private final Logical type;

  LabelFitter(LabelConfig config, Contract contract) {
    this.config = config;
    this.type = contract.field(config.name()).orElseThrow().type().logical();
  }

  /**
   * @param rows that all have a label
   * @throws Stop exit 3 where the labels do not fit the task
   */
  FittedLabel fit(Dataset<Row> rows) {
    if (isRegression()) {
      Row mean = rows.agg(avg(ColumnNames.column(rows, config.name()).cast("double"))).first();
      return new FittedLabel(config.name(), Task.REGRESSION, List.of(), List.of(mean.getDouble(0)));
    }
    List<Row> counts =
        rows.groupBy(ColumnNames.column(rows, config.name()).cast("string").as("class"))
            .count()
            .orderBy(col("class"))
            .limit(MOST_CLASSES + 1)
            .collectAsList();
    return classes(counts);
  }

  private boolean isRegression() {
    boolean number = type == Logical.NUMBER || type == Logical.INTEGER;
    boolean regression = config.told().map(t -> t == Task.REGRESSION).orElse(number);
    if (regression && !number) {
      throw Stop.usage(
          "label.task is regression, but column %s is %s; name a column of numbers",
          config.name(), type.article());
    }
    return regression;
  }

  private FittedLabel classes(List<Row> counts) {
    long all = counts.stream().mapToLong(r -> r.getLong(1)).sum();
    if (counts.size() > MOST_CLASSES) {
      throw Stop.contract(
          "label column %s has more than %d values; a classification has fewer: set label.task = regression, or name"
              + " another column",
          config.name(), MOST_CLASSES);
    }
    if (counts.size() < 2) {
      throw Stop.contract(
          "label column %s holds one class only, %s in all of %d rows; nothing can be learnt from that: give rows of"
              + " another class too",
          config.name(), counts.isEmpty() ? "none" : counts.get(0).getString(0), all);
    }
    Task task = config.told().orElse(counts.size() == 2 ? Task.BINARY : Task.MULTICLASS);
    List<Row> ordered = new ArrayList<>(counts);
    if (task == Task.BINARY) {
      requireTwo(counts);
      Row positive = positive(counts);
      ordered.remove(positive);
      ordered.add(positive);
    }
    return new FittedLabel(
        config.name(),
        task,
        ordered.stream().map(r -> r.getString(0)).toList(),
        ordered.stream().map(r -> (double) r.getLong(1) / all).toList());
  }

  private void requireTwo(List<Row> counts) {
    if (counts.size() > 2) {
      throw Stop.contract(
          "label column %s has %d values (%s), and a binary task has two; set label.task = multiclass without"
              + " label.positive, or filter the rows",
          config.name(), counts.size(), shown(counts));
    }
  }

  private Row positive(List<Row> counts) {
    if (config.positive().isEmpty() && type != Logical.STRING) {
      return counts.get(1); // true, or the greater of two numbers such as 0 and 1.
    }
    String wanted =
        config
            .positive()
            .orElseThrow(
                () ->
                    Stop.usage(
                        "label column %s has the values %s; name the one whose probability is to be told in"
                            + " label.positive",
                        config.name(), shown(counts)));
    Optional<Row> found = counts.stream().filter(r -> isSame(r.getString(0), wanted)).findFirst();
    return found.orElseThrow(
        () ->
            Stop.contract(
                "label.positive is %s, but label column %s has the values %s",
                wanted, config.name(), shown(counts)));
  }

  /** 1 is 1.0, as numbers. */
  private boolean isSame(String value, String wanted) {
    if (value.equals(wanted)) {
      return true;
    }
    try {
      return type == Logical.NUMBER
          && Double.compare(Double.parseDouble(value), Double.parseDouble(wanted)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String shown(List<Row> counts) {
    String some =
        counts.stream()
            .limit(SHOWN)
            .map(r -> "%s in %d rows".formatted(r.getString(0), r.getLong(1)))
            .collect(Collectors.joining(", "));
    return counts.size() > SHOWN ? some + " and others" : some;
  }
}

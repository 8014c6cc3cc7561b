package org.millrace.deep;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.deep.data.FittedLabel;

/** Whom a network that tells numbers must beat. */
public sealed interface Baseline extends Serializable {
  /** What it is called beside the metrics. */
  String title();

  /** Whether it looks at rows: not only at what was learnt of those to train on. */
  boolean readsRows();

  /**
   * What it says of a number of a row, in the number's own unit.
   *
   * @param row may be null where it does not read rows
   */
  double of(Row row, int index, FittedLabel.Numbers label);

  /** The mean of the number over the training rows; 0 where numbers are not standardized. */
  record Mean() implements Baseline {
    @Override
    public String title() {
      return "mean";
    }

    @Override
    public boolean readsRows() {
      return false;
    }

    @Override
    public double of(Row row, int index, FittedLabel.Numbers label) {
      return label.standardization().mean().get(index);
    }
  }

  /**
   * The number a season before, out of a column of the row with what came before: the last value
   * with a season of 1.
   *
   * @param column an array, or an array of arrays whose first numbers count; the newest last
   * @param season steps, at least as many as there are numbers to tell, or 1
   */
  record Seasonal(String column, int season) implements Baseline {
    public Seasonal {
      Check.that(!column.isBlank(), "column", column, "the name of a column");
      Check.that(season >= 1, "season", season, "1 or more steps");
    }

    @Override
    public String title() {
      return season == 1 ? "last value" : "seasonal naive";
    }

    @Override
    public boolean readsRows() {
      return true;
    }

    @Override
    public double of(Row row, int index, FittedLabel.Numbers label) {
      List<?> history = row.getList(row.fieldIndex(column));
      int at = history.size() - season + index % season;
      if (at < 0 || at >= history.size()) {
        return Double.NaN;
      }
      return number(history.get(at));
    }

    private static double number(Object value) {
      Object first = value instanceof scala.collection.Seq<?> step ? step.apply(0) : value;
      return first instanceof Number number ? number.doubleValue() : Double.NaN;
    }
  }
}

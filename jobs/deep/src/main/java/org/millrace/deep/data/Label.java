package org.millrace.deep.data;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.millrace.config.Check;

/** What a network learns to say. */
public sealed interface Label extends Serializable {

  /** The columns that hold it. */
  List<String> columns();

  /**
   * One of several classes: the values of a column in the training rows.
   *
   * @param maximum classes at most; more are a mistake in the column
   */
  record Classes(String column, int maximum, ClassWeights weights) implements Label {
    public Classes {
      Check.that(!column.isBlank(), "column", column, "the name of a column");
      Check.that(maximum >= 2 && maximum <= 100_000, "maximum", maximum, "2..100000");
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /**
   * Numbers: a column each, or one column with an array.
   *
   * @param count how many
   * @param standardize whether the network learns them with mean 0 and deviation 1
   */
  record Numbers(List<String> columns, int count, boolean standardize) implements Label {
    public Numbers {
      Check.that(
          !columns.isEmpty() && columns.stream().noneMatch(String::isBlank),
          "columns",
          columns,
          "a list of columns");
      Check.that(
          count >= 1 && count <= 100_000 && (columns.size() == 1 || columns.size() == count),
          "count",
          count,
          "how many numbers there are, as many as columns unless one column holds them all");
      columns = List.copyOf(columns);
    }
  }

  /** How much the rows of a class count. */
  sealed interface ClassWeights extends Serializable {
    /** All the same. */
    record None() implements ClassWeights {}

    /** Rows / (classes x rows of the class): each class counts the same in all. */
    record Balanced() implements ClassWeights {}

    /** As stated; classes that are not named count 1. */
    record Given(Map<String, Double> weights) implements ClassWeights {
      public Given {
        weights.forEach(
            (name, weight) ->
                Check.that(
                    weight > 0 && weight <= 1e6,
                    "weights",
                    name + " = " + weight,
                    "numbers above 0, at most 1e6"));
        weights = Map.copyOf(weights);
      }
    }
  }
}

package org.millrace.features.privacy;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.eval.ColumnNames;

/** A statistic of a group that is told with noise. */
public sealed interface Statistic extends Serializable {
  /** What this one may cost of the budget. */
  double epsilon();

  /** The column of whose values it is told; absent for rows. */
  Optional<String> of();

  /** What it is called in the published table. */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  /** The exact numbers that {@link #release} needs, of the rows of a group that count. */
  Column exact();

  /**
   * Adds noise.
   *
   * @param exact what {@link #exact} said
   */
  List<Released> release(Row group, int exact, Bounds bounds, LaplaceNoise noise);

  /**
   * A number that may be seen.
   *
   * @param part of the statistic: a quantile's probability or the lower bound of a bin; null for
   *     the whole
   * @param noise standard deviation of the noise in the value; null where it has no fixed one
   */
  record Released(Double part, double value, Double noise) implements Serializable {}

  private static void requireEpsilon(double epsilon) {
    Check.that(epsilon > 0 && epsilon <= 100, "epsilon", epsilon, "above 0, at most 100");
  }

  private static void requireRange(double lower, double upper) {
    Check.that(
        Double.isFinite(lower) && Double.isFinite(upper) && lower < upper,
        "upper",
        upper,
        "a number above lower");
  }

  private static Column clamped(String column, double lower, double upper) {
    Column value = ColumnNames.column(column).cast("double");
    return when(value.isNotNull(), greatest(least(value, lit(upper)), lit(lower)));
  }

  /** Standard deviation of Laplace noise. */
  private static double deviation(double sensitivity, double epsilon) {
    return Math.sqrt(2) * sensitivity / epsilon;
  }

  /**
   * Rows, or values that are there.
   *
   * @param column whose values are counted; {@value #ROWS} for rows
   */
  record Count(String column, double epsilon) implements Statistic {
    static final String ROWS = "*";

    public Count {
      requireEpsilon(epsilon);
    }

    @Override
    public Optional<String> of() {
      return Optional.of(column).filter(c -> !c.equals(ROWS));
    }

    @Override
    public Column exact() {
      return count(of().map(ColumnNames::column).orElse(lit(1))).cast("double");
    }

    @Override
    public List<Released> release(Row group, int exact, Bounds bounds, LaplaceNoise noise) {
      double noisy = noise.add(group.getDouble(exact), bounds.allRows(), epsilon);
      return List.of(new Released(null, Math.rint(noisy), deviation(bounds.allRows(), epsilon)));
    }
  }

  /**
   * The sum of values; those out of the bounds count as the bound.
   *
   * @param lower bound that is known without the data
   */
  record Sum(String column, double lower, double upper, double epsilon) implements Statistic {
    public Sum {
      requireEpsilon(epsilon);
      requireRange(lower, upper);
    }

    @Override
    public Optional<String> of() {
      return Optional.of(column);
    }

    @Override
    public Column exact() {
      return coalesce(sum(clamped(column, lower, upper)), lit(0.0));
    }

    @Override
    public List<Released> release(Row group, int exact, Bounds bounds, LaplaceNoise noise) {
      double sensitivity = bounds.allRows() * Math.max(Math.abs(lower), Math.abs(upper));
      return List.of(
          new Released(
              null,
              noise.add(group.getDouble(exact), sensitivity, epsilon),
              deviation(sensitivity, epsilon)));
    }
  }

  /**
   * The mean of values; those out of the bounds count as the bound. Half of epsilon goes to the sum
   * of the distances from the middle of the bounds, half to the count.
   */
  record Mean(String column, double lower, double upper, double epsilon) implements Statistic {
    public Mean {
      requireEpsilon(epsilon);
      requireRange(lower, upper);
    }

    @Override
    public Optional<String> of() {
      return Optional.of(column);
    }

    private double middle() {
      return lower + (upper - lower) / 2;
    }

    @Override
    public Column exact() {
      Column distance = clamped(column, lower, upper).minus(middle());
      return array(
          coalesce(sum(distance), lit(0.0)), count(ColumnNames.column(column)).cast("double"));
    }

    @Override
    public List<Released> release(Row group, int exact, Bounds bounds, LaplaceNoise noise) {
      List<Double> numbers = group.getList(exact);
      double reach = bounds.allRows() * (upper - lower) / 2;
      double distance = noise.add(numbers.get(0), reach, epsilon / 2);
      double rows = Math.max(1, noise.add(numbers.get(1), bounds.allRows(), epsilon / 2));
      double offset = distance / rows;
      double mean = Math.min(upper, Math.max(lower, middle() + offset));
      double ofSum = deviation(reach, epsilon / 2);
      double ofCount = deviation(bounds.allRows(), epsilon / 2) * offset;
      return List.of(new Released(null, mean, Math.hypot(ofSum, ofCount) / rows));
    }
  }

  /**
   * How many values lie in each bin; those out of all bins count in the outer ones.
   *
   * @param edges ascending; a bin holds its lower edge
   */
  record Histogram(String column, List<Double> edges, double epsilon) implements Statistic {
    private static final int MOST_BINS = 500;

    public Histogram {
      requireEpsilon(epsilon);
      boolean ascending = true;
      for (int i = 1; i < edges.size(); i++) {
        ascending &= edges.get(i - 1) < edges.get(i);
      }
      Check.that(
          ascending && edges.size() >= 3 && edges.size() <= MOST_BINS + 1,
          "edges",
          edges,
          "3 to 501 numbers, ascending");
      // The record goes to tasks.
      edges = List.copyOf(edges);
    }

    @Override
    public Optional<String> of() {
      return Optional.of(column);
    }

    @Override
    public Column exact() {
      List<Column> bins = new ArrayList<>();
      Column value = ColumnNames.column(column).cast("double");
      for (int i = 0; i + 1 < edges.size(); i++) {
        Column from = i == 0 ? value.isNotNull() : value.geq(edges.get(i));
        Column inside = i + 2 == edges.size() ? from : from.and(value.lt(edges.get(i + 1)));
        bins.add(count(when(inside, 1)).cast("double"));
      }
      return array(bins.toArray(Column[]::new));
    }

    @Override
    public List<Released> release(Row group, int exact, Bounds bounds, LaplaceNoise noise) {
      List<Double> counts = group.getList(exact);
      List<Released> bins = new ArrayList<>();
      for (int i = 0; i < counts.size(); i++) {
        // A row is in one bin: all bins together cost what one does.
        double noisy = noise.add(counts.get(i), bounds.allRows(), epsilon);
        bins.add(
            new Released(edges.get(i), Math.rint(noisy), deviation(bounds.allRows(), epsilon)));
      }
      return bins;
    }
  }

  /**
   * Quantiles of values, from the counts of equal bins between the bounds.
   *
   * @param probabilities ascending, each from 0 to 1
   * @param bins the finer, the nearer to a value and the more noise
   */
  record Quantiles(
      String column,
      double lower,
      double upper,
      List<Double> probabilities,
      int bins,
      double epsilon)
      implements Statistic {
    private static final int MOST_BINS = 4096;

    public Quantiles {
      requireEpsilon(epsilon);
      requireRange(lower, upper);
      Check.that(bins >= 2 && bins <= MOST_BINS, "bins", bins, "2..4096");
      Check.that(
          !probabilities.isEmpty() && probabilities.stream().allMatch(p -> p >= 0 && p <= 1),
          "probabilities",
          probabilities,
          "one number from 0 to 1 or more");
      probabilities = List.copyOf(probabilities);
    }

    @Override
    public Optional<String> of() {
      return Optional.of(column);
    }

    /** Bins as they are counted; {@link BinCounts} keeps a long for each. */
    @Override
    public Column exact() {
      Column share =
          clamped(column, lower, upper).minus(lower).divide(upper - lower).multiply(bins);
      return BinCounts.of(least(share.cast("int"), lit(bins - 1)), bins);
    }

    @Override
    public List<Released> release(Row group, int exact, Bounds bounds, LaplaceNoise noise) {
      List<Long> counts = group.getList(exact);
      return new NoisyTree(counts, bounds.allRows(), epsilon, noise)
          .quantiles(probabilities).stream()
              .map(
                  q ->
                      new Released(
                          q.probability(), lower + q.place() * (upper - lower) / bins, null))
              .toList();
    }
  }
}

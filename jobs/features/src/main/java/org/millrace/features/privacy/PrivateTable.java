package org.millrace.features.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;

/** Statistics of groups with differential privacy of persons. */
public final class PrivateTable {
  private static final String GROUP = "_group";
  private static final String PERSONS = "_persons";

  /** As contract {@code features.private-statistics.v1} tells. */
  public static final StructType SCHEMA =
      new StructType()
          .add("group", DataTypes.StringType)
          .add("statistic", DataTypes.StringType)
          .add("column", DataTypes.StringType)
          .add("part", DataTypes.DoubleType)
          .add("value", DataTypes.DoubleType)
          .add("noise", DataTypes.DoubleType)
          .add("epsilon", DataTypes.DoubleType);

  private final String person;
  private final List<String> groups;
  private final Bounds bounds;
  private final List<Statistic> statistics;
  private final GroupChoice choice;

  /**
   * A plan.
   *
   * @param person column of whom rows are
   * @param groups columns; none for one group of all rows
   * @param choice of the groups that may be told
   */
  public PrivateTable(
      String person,
      List<String> groups,
      Bounds bounds,
      List<Statistic> statistics,
      GroupChoice choice) {
    this.person = person;
    this.groups = List.copyOf(groups);
    this.bounds = bounds;
    this.statistics = List.copyOf(statistics);
    this.choice = choice;
  }

  /** Rows that count: of each person no more than the bounds, chosen by a hash. */
  Dataset<Row> bounded(Dataset<Row> rows, long seed) {
    Column group =
        groups.isEmpty()
            ? lit("{}")
            : to_json(struct(groups.stream().map(ColumnNames::column).toArray(Column[]::new)));
    Column[] all = Arrays.stream(rows.columns()).map(ColumnNames::column).toArray(Column[]::new);
    Column[] whose = {ColumnNames.column(person), col(GROUP)};
    return rows.withColumn(GROUP, group)
        .withColumn(
            "_nth_group",
            dense_rank()
                .over(
                    Window.partitionBy(ColumnNames.column(person))
                        .orderBy(
                            xxhash64(col(GROUP), ColumnNames.column(person), lit(seed)),
                            col(GROUP))))
        .filter(col("_nth_group").leq(bounds.groups()))
        .withColumn(
            "_nth_row",
            row_number()
                .over(
                    Window.partitionBy(whose)
                        .orderBy(xxhash64(concat(all, lit(seed))), xxhash64(all))))
        .filter(col("_nth_row").leq(bounds.rows()));
  }

  private static Column[] concat(Column[] columns, Column more) {
    Column[] all = Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = more;
    return all;
  }

  /**
   * The table to publish, with fresh noise whenever it is read: to be read once.
   *
   * @param seed of the choice of rows where a person has too many; noise is from the system's
   *     secure source of chance
   */
  public Dataset<Row> released(Dataset<Row> rows, long seed) {
    List<Column> exact = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      exact.add(statistics.get(i).exact().as("_exact" + i));
    }
    Dataset<Row> counted = bounded(rows, seed);
    Column persons = count_distinct(ColumnNames.column(person)).cast("double").as(PERSONS);
    Dataset<Row> grouped =
        groups.isEmpty()
            // A group also where there is no row.
            ? counted
                .agg(persons, exact.toArray(Column[]::new))
                .select(lit("{}").as(GROUP), col("*"))
            : counted.groupBy(GROUP).agg(persons, exact.toArray(Column[]::new));
    Release release = new Release(statistics, bounds, groups.isEmpty() ? null : choice);
    return grouped.flatMap(
        (FlatMapFunction<Row, Row>) row -> release.call(row, new SecureRandom()),
        Encoders.row(SCHEMA));
  }

  /** Adds noise to the exact numbers of a group, or leaves the group out. */
  static final class Release implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FIRST = 2;

    private final ArrayList<Statistic> statistics;
    private final Bounds bounds;
    private final GroupChoice choice;

    /**
     * @param choice null where the group is known without the data
     */
    Release(List<Statistic> statistics, Bounds bounds, GroupChoice choice) {
      this.statistics = new ArrayList<>(statistics);
      this.bounds = bounds;
      this.choice = choice;
    }

    /**
     * Adds noise.
     *
     * @param group its name, its persons (double), and what each statistic's {@link
     *     Statistic#exact} said
     */
    Iterator<Row> call(Row group, RandomGenerator random) {
      LaplaceNoise noise = new LaplaceNoise(random);
      List<Row> rows = new ArrayList<>();
      if (choice != null && !choice.mayBeTold(group.getDouble(1), bounds, noise)) {
        return rows.iterator();
      }
      for (int i = 0; i < statistics.size(); i++) {
        Statistic statistic = statistics.get(i);
        for (Statistic.Released released : statistic.release(group, FIRST + i, bounds, noise)) {
          rows.add(
              RowFactory.create(
                  group.getString(0),
                  statistic.kind(),
                  statistic.of().orElse(null),
                  released.part(),
                  released.value(),
                  released.noise(),
                  statistic.epsilon()));
        }
      }
      return rows.iterator();
    }
  }
}

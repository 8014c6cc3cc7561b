package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.millrace.risk.learn.Examples;

/**
 * A number from 0 to 1 for each row, by which rows are divided: evenly spread over the rows of each
 * class that has few of them, in the order of a hash of the row; by the hash alone for the others,
 * whose shares chance hardly moves. Equal rows have equal numbers.
 */
final class Strata {
  /** The column with the number. */
  static final String DRAWN = "__drawn";

  /** From so many rows on a tenth of a class is a tenth within some hundredths by chance too. */
  static final long FEW = 50_000;

  private Strata() {}

  /**
   * Adds the column.
   *
   * @param rows with {@link Examples#ID}
   * @param classes the column of doubles that tells classes apart; empty where there are none
   * @param few classes with fewer rows are spread evenly
   */
  static Dataset<Row> draw(Dataset<Row> rows, Optional<String> classes, long seed, long few) {
    Column hash = xxhash64(lit(seed), col(Examples.ID));
    Column chance = shiftrightunsigned(hash, 11).multiply(0x1p-53);
    if (classes.isEmpty()) {
      return rows.withColumn(DRAWN, chance);
    }
    Column label = col(classes.get());
    List<Row> small =
        rows.groupBy(label)
            .agg(count(lit(1)).as("rows"))
            .filter(col("rows").lt(few))
            .collectAsList();
    if (small.isEmpty()) {
      return rows.withColumn(DRAWN, chance);
    }
    Column[] sizes = new Column[2 * small.size()];
    Column isSmall = lit(false);
    for (int c = 0; c < small.size(); c++) {
      sizes[2 * c] = lit(small.get(c).getDouble(0));
      sizes[2 * c + 1] = lit((double) small.get(c).getLong(1));
      isSmall = isSmall.or(label.equalTo(small.get(c).getDouble(0)));
    }
    Column place = rank().over(Window.partitionBy(label).orderBy(hash, col(Examples.ID)));
    Column even = place.minus(0.5).divide(element_at(map(sizes), label));
    return rows.filter(isSmall)
        .withColumn(DRAWN, even)
        .unionByName(rows.filter(not(isSmall)).withColumn(DRAWN, chance));
  }
}

package org.millrace.recommend.content;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sin;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.recommend.ExactSum;

/** How a column of an item becomes coordinates. */
public sealed interface Encoding {

  /**
   * @param items columns id (string, unique) and value, never null
   * @return columns id, key (string, a coordinate's name), value (double, not 0)
   */
  Dataset<Row> coordinates(Dataset<Row> items);

  /** Whether the column must be a number; else any type that can be shown as text. */
  default boolean isNumeric() {
    return false;
  }

  /** A single value, such as a studio: rare ones say more, by their inverse document frequency. */
  record Category() implements Encoding {
    @Override
    public Dataset<Row> coordinates(Dataset<Row> items) {
      return Rarity.weighed(
          items.select(
              col("id"), trim(col("value").cast("string")).as("key"), lit(1.0).as("value")),
          items.count());
    }
  }

  /**
   * Several values in one text, such as genres; each counts once, and rare ones say more.
   *
   * @param separator between values
   */
  record Categories(String separator) implements Encoding {
    public Categories {
      Check.that(!separator.isEmpty(), "separator", separator, "one or more characters");
    }

    @Override
    public Dataset<Row> coordinates(Dataset<Row> items) {
      Column values =
          transform(split(col("value").cast("string"), Pattern.quote(separator)), v -> trim(v));
      return Rarity.weighed(
          items
              .select(col("id"), explode(array_distinct(values)).as("key"))
              .withColumn("value", lit(1.0)),
          items.count());
    }
  }

  /**
   * A text as its words in small letters, hashed, each with (1 + log of its count) times its
   * inverse document frequency (Salton and Buckley, Term-weighting approaches in automatic text
   * retrieval, Information Processing and Management 24(5), 1988). Words are runs of letters and
   * digits.
   *
   * @param dimensions hash values; words with equal ones are not told apart
   */
  record Text(int dimensions) implements Encoding {
    public Text {
      Check.that(
          dimensions >= 2 && dimensions <= 1 << 24,
          "dimensions",
          dimensions,
          "a whole number in 2..16777216");
    }

    @Override
    public Dataset<Row> coordinates(Dataset<Row> items) {
      Dataset<Row> words =
          items
              .select(
                  col("id"),
                  explode(split(lower(col("value").cast("string")), "[^\\p{L}\\p{N}]+")).as("word"))
              .filter(col("word").notEqual(""))
              .select(
                  col("id"),
                  concat(lit("#"), pmod(hash(col("word")), lit(dimensions)).cast("string"))
                      .as("key"));
      return Rarity.weighed(
          words.groupBy("id", "key").agg(log(count(lit(1))).plus(1.0).as("value")), items.count());
    }
  }

  /**
   * A number as a point of a quarter circle, so that the cosine of two numbers falls from 1 where
   * they are equal to 0 where they are six standard deviations apart. Numbers more than three
   * standard deviations from the mean are taken as three.
   */
  record Numeric() implements Encoding {
    private static final double DEVIATIONS = 3;

    @Override
    public boolean isNumeric() {
      return true;
    }

    @Override
    public Dataset<Row> coordinates(Dataset<Row> items) {
      Dataset<Row> numbers = items.select(col("id"), col("value").cast("double").as("x"));
      Row first = numbers.agg(ExactSum.of(col("x")), count(lit(1))).first();
      double mean = first.getDouble(0) / first.getLong(1);
      Column apart = col("x").minus(mean);
      double squares =
          numbers.agg(ExactSum.of(apart.multiply(apart))).first().getDouble(0) / first.getLong(1);
      if (!(squares > 0)) {
        // All alike: nothing tells them apart.
        return items.select(col("id"), lit("").as("key"), lit(0.0).as("value")).limit(0);
      }
      Column place =
          least(
              lit(1.0),
              greatest(lit(0.0), apart.divide(2 * DEVIATIONS * Math.sqrt(squares)).plus(0.5)));
      Column angle = place.multiply(Math.PI / 2);
      Dataset<Row> low = numbers.select(col("id"), lit("low").as("key"), cos(angle).as("value"));
      Dataset<Row> high = numbers.select(col("id"), lit("high").as("key"), sin(angle).as("value"));
      return low.union(high).filter(col("value").gt(0));
    }
  }
}

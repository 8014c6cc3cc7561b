package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;

/**
 * What is told of each user.
 *
 * @param purchases kinds of events that are purchases, of which recency, frequency and monetary
 *     value are told; none stands for all
 * @param counts kinds of events whose number is told in a column of their own
 * @param bins scores of recency, frequency and monetary value, from 1 (worst) to this
 */
public record Users(List<String> purchases, List<String> counts, int bins) {
  private static final int MOST_COUNTS = 500;
  private static final double QUANTILE_ERROR = 0.001;

  public Users {
    Check.that(bins >= 2 && bins <= 100, "bins", bins, "2..100");
    Check.that(
        counts.size() <= MOST_COUNTS
            && counts.stream().map(k -> k.toLowerCase(Locale.ROOT)).distinct().count()
                == counts.size(),
        "counts",
        counts,
        "at most 500 kinds of events, each once: columns are not told apart by capitals");
    purchases = List.copyOf(purchases);
    counts = List.copyOf(counts);
  }

  /**
   * A row for each user and day.
   *
   * @param events of {@link EventChecks#accepted}
   */
  public Dataset<Row> days(Dataset<Row> events) {
    Column bought =
        purchases.isEmpty() ? lit(true) : col("event").isin(purchases.toArray(Object[]::new));
    List<Column> told = new ArrayList<>();
    told.add(min("micros").as("first"));
    told.add(max("micros").as("last"));
    told.add(count(when(bought, 1)).as("bought"));
    told.add(max(when(bought, col("day"))).as("bought_day"));
    told.add(sum(when(bought, col("value"))).as("paid"));
    told.add(count(when(bought, col("value"))).as("priced"));
    told.add(count(when(col("future"), 1)).as("future"));
    for (int i = 0; i < counts.size(); i++) {
      told.add(count(when(col("event").equalTo(counts.get(i)), 1)).as("count" + i));
    }
    return events
        .groupBy("user", "day")
        .agg(count(lit(1)).as("events"), told.toArray(Column[]::new));
  }

  /**
   * A row for each user, as contract {@code features.users.v1} tells, without scores; counts by
   * kind of event stand behind, as {@code count_KIND}.
   *
   * @param days of {@link #days}
   * @param sessions of {@link Sessions#rows}
   * @param date of the run, from which recency counts
   */
  public Dataset<Row> table(Dataset<Row> days, Dataset<Row> sessions, LocalDate date) {
    Column today = lit(Date.valueOf(date));
    List<Column> sums = new ArrayList<>();
    sums.add(timestamp_micros(min("first")).as("first_at"));
    sums.add(timestamp_micros(max("last")).as("last_at"));
    sums.add(count(lit(1)).as("active_days"));
    sums.add(greatest(datediff(today, min("day")), lit(0)).as("tenure_days"));
    sums.add(greatest(datediff(today, max("bought_day")), lit(0)).as("recency_days"));
    sums.add(sum("bought").as("frequency"));
    sums.add(sum("paid").as("monetary"));
    sums.add(sum("paid").divide(sum("priced")).as("mean_value"));
    sums.add(sum("future").as("future_events"));
    for (int i = 0; i < counts.size(); i++) {
      sums.add(sum("count" + i).as("count_" + counts.get(i)));
    }
    Dataset<Row> ofEvents =
        days.groupBy("user").agg(sum("events").as("events"), sums.toArray(Column[]::new));
    Dataset<Row> ofSessions =
        sessions
            .groupBy("user")
            .agg(
                count(lit(1)).as("sessions"),
                avg("seconds").as("mean_session_seconds"),
                avg("events").as("mean_session_events"));
    // greatest() passes over nulls, but who never bought has no recency.
    return ofEvents
        .join(ofSessions, "user")
        .withColumn("recency_days", when(col("frequency").gt(0), col("recency_days")));
  }

  /**
   * Adds recency_score, frequency_score and monetary_score: in which of {@link #bins} equal parts
   * of the users one is, the best part being the greatest; users of one value are in one part.
   */
  public Dataset<Row> scored(Dataset<Row> users) {
    double[] probabilities = new double[bins - 1];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (i + 1.0) / bins;
    }
    double[][] cuts =
        users
            .stat()
            .approxQuantile(
                new String[] {"recency_days", "frequency", "monetary"},
                probabilities,
                QUANTILE_ERROR);
    return users
        .withColumn("recency_score", lit(bins + 1).minus(score("recency_days", cuts[0])))
        .withColumn("frequency_score", score("frequency", cuts[1]))
        .withColumn("monetary_score", score("monetary", cuts[2]));
  }

  private static Column score(String column, double[] cuts) {
    Column above = lit(1);
    for (double cut : cuts) {
      above = above.plus(when(col(column).gt(cut), 1).otherwise(0));
    }
    return when(col(column).isNotNull(), above);
  }
}

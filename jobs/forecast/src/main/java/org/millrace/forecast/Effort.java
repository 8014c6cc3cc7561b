package org.millrace.forecast;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.millrace.config.Check;
import org.millrace.forecast.work.Forecaster;

/**
 * How much work may be done, and in how many parts.
 *
 * @param timeLimit for one fit of a method to a series
 * @param seriesTimeLimit for all fits of a job to one series
 * @param tasks over which series are spread; absent for four a core
 */
public record Effort(Duration timeLimit, Duration seriesTimeLimit, Optional<Integer> tasks) {
  private static final int TASKS_A_CORE = 4;

  public Effort {
    Check.that(timeLimit.toMillis() >= 10, "time-limit", timeLimit, "a duration of at least 10 ms");
    Check.that(
        seriesTimeLimit.toMillis() >= 10,
        "series-time-limit",
        seriesTimeLimit,
        "a duration of at least 10 ms");
    tasks.ifPresent(t -> Check.that(t >= 1 && t <= 100_000, "tasks", t, "1..100000"));
  }

  /** For each fit, and for a series. */
  Forecaster.Limits limits() {
    return new Forecaster.Limits(timeLimit, seriesTimeLimit);
  }

  int tasks(SparkSession spark) {
    return tasks.orElse(TASKS_A_CORE * spark.sparkContext().defaultParallelism());
  }
}

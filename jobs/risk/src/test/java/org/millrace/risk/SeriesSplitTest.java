package org.millrace.risk;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.eval.Holdout;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.risk.time.Target;
import org.millrace.risk.time.TimeColumns;
import org.millrace.risk.time.TimeFeatures;
import org.millrace.risk.time.TimeOptions;
import org.millrace.testing.LocalSpark;

class SeriesSplitTest {
  private static final int HORIZON = 7;

  /** 3 shops of 100 days, each row with what is sold a week later. */
  private static Dataset<Row> rows() {
    Dataset<Row> sales =
        LocalSpark.session()
            .range(300)
            .selectExpr("id % 3 as shop", "id div 3 as day", "cast(hash(id) as double) as sold");
    TimeOptions options =
        new TimeOptions(
            "day",
            List.of("shop"),
            List.of(),
            List.of(0),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            HORIZON,
            Target.VALUE,
            new TimeOptions.Naive(Optional.empty()));
    return new TimeFeatures(options, "sold")
        .of(sales)
        .filter(col(TimeColumns.TARGET_TIME).isNotNull());
  }

  @Test
  void labelsOfTheHeldOutStretchAreNotLearntFrom() {
    Split split = new Holdout.ByTime(0.2).split(rows(), Roles.of(List.of("shop", "day"), "day"));
    long begin = split.test().selectExpr("min(day)").first().getLong(0);
    assertThat(split.train().filter(col(TimeColumns.TARGET_TIME).geq(begin)).count())
        .as("rows that tell what is held out")
        .isEqualTo(3 * HORIZON);

    Split purged = SeriesSplit.purged(split, "day");

    assertThat(purged.train().filter(col(TimeColumns.TARGET_TIME).geq(begin)).isEmpty()).isTrue();
    assertThat(purged.train().count())
        .as("no more is left out")
        .isEqualTo(split.train().count() - 3 * HORIZON);
    assertThat(purged.test().count()).isEqualTo(split.test().count());
  }
}

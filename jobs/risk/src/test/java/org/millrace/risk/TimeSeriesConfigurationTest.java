package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;

class TimeSeriesConfigurationTest {
  private static final String BASE =
      """
      examples { path = a.parquet, contract = a.v1 }
      label { column = sold }
      time = day
      choose { kind = time-ordered, time-ordered.column = day }
      holdout { kind = by-time }
      time-series { column = day, rolling = [2] }
      """;

  private static TrainConfig bind(String keys) {
    Config written = ConfigFactory.parseString("risk.train {\n" + keys + "\n}").resolve();
    Problems problems = new Problems();
    Optional<TrainConfig> bound =
        new Binder(problems)
            .bind(TrainConfig.class, "risk.train", new Layers(written, Layers.defaults()));
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  private static void refused(String more, String sentence) {
    assertThatThrownBy(() -> bind(BASE + more)).hasMessageContaining(sentence);
  }

  @Test
  void everyKeyCounts() {
    TrainConfig base = bind(BASE);
    for (String other :
        new String[] {
          "keys = [shop]",
          "columns = [price]",
          "lags = [0, 7]",
          "differences = [7]",
          "rolling = [3]",
          "statistics = [mean, max]",
          "calendar = [weekday, epoch-day]",
          "horizon = 2",
          "target = ratio",
          "naive.season = 7"
        }) {
      assertThat(bind(BASE + "time-series." + other)).as(other).isNotEqualTo(base);
    }
    assertThat(bind(BASE)).isEqualTo(base);
    assertThat(base.columns()).contains("day");
  }

  @Test
  void everyKeyIsKeptInTheModel() {
    var options =
        bind(BASE
                + """
                    time-series {
                      keys = [shop], columns = [price], lags = [3], differences = [7], rolling = [3]
                      statistics = [max], calendar = [weekday], horizon = 2, target = ratio
                      naive.season = 7
                    }
                    """)
            .timeSeries()
            .orElseThrow();
    assertThat(StoredSeries.of(options).options()).isEqualTo(options);
    var without = bind(BASE).timeSeries().orElseThrow();
    assertThat(StoredSeries.of(without).options()).isEqualTo(without);
  }

  @Test
  void whatLooksAheadIsRefused() {
    refused("choose = { kind = random }", "time-ordered.column = day");
    refused("choose.time-ordered.column = month", "time-ordered.column = day");
    refused("holdout.kind = fraction", "by-time, with time = day");
    refused("time = month", "by-time, with time = day");
    refused("features.target-smoothing = 10", "null with time-series");
    refused("label.column = null", "nothing without label.column");
  }

  @Test
  void badValuesAreRefused() {
    refused("time-series.lags = [1, 1]", "different numbers of rows, each 0..100000");
    refused("time-series.lags = [-1]", "different numbers of rows, each 0..100000");
    refused("time-series.differences = [0]", "different numbers of rows, each 1..100000");
    refused("time-series.rolling = [1]", "different numbers of rows, each 2..100000");
    refused("time-series.statistics = []", "one or more where rolling has windows");
    refused("time-series.statistics = [median]", "mean, deviation, min, max");
    refused("time-series.calendar = [month, month]", "each part once");
    refused("time-series.keys = [day]", "columns other than the time day");
    refused("time-series.horizon = -1", "0..100000 rows");
    refused("time-series.naive.season = 0", "1..100000 rows, or null");
  }
}

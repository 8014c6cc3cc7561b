package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class SeriesWindowsTest {
  private static final SparkSession SPARK = LocalSpark.session();

  private static SeriesWindows windows(List<String> known, int history, int horizon, int stride) {
    return new SeriesWindows(
        Optional.of("shop"), "at", "sold", known, Duration.ofHours(1), history, horizon, stride);
  }

  /** Hour h sold 10 h in shop a and 100 h in shop b; the price is h + 0.5. In no order. */
  private static Dataset<Row> sales(String where) {
    return SPARK
        .range(0, 8)
        .selectExpr("id as h")
        .crossJoin(SPARK.sql("select stack(2, 'a', 10, 'b', 100) as (shop, unit)"))
        .selectExpr(
            "shop",
            "timestamp_seconds(h * 3600) as at",
            "double(h * unit) as sold",
            "h + 0.5D as price",
            "h")
        .filter(where)
        .repartition(3)
        .orderBy("price");
  }

  private static List<String> shown(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < row.length(); i++) {
                Object value = row.get(i);
                text.append(text.isEmpty() ? "" : " ")
                    .append(
                        value instanceof scala.collection.Seq<?> seq
                            ? seq.mkString(",").replaceAll("[A-Za-z]+", "")
                            : String.valueOf(value).replaceFirst("1970-01-01 (\\d\\d).*", "$1h"));
              }
              return text.toString();
            })
        .sorted()
        .toList();
  }

  @Test
  void windowsFollowEachOtherInEverySeries() {
    assertThat(shown(windows(List.of(), 3, 2, 2).past(sales("true"))))
        .containsExactly(
            "a 02h (0.0),(10.0),(20.0) 30.0,40.0",
            "a 04h (20.0),(30.0),(40.0) 50.0,60.0",
            "b 02h (0.0),(100.0),(200.0) 300.0,400.0",
            "b 04h (200.0),(300.0),(400.0) 500.0,600.0");
  }

  @Test
  void whatIsKnownAheadStandsBesideBoth() {
    assertThat(shown(windows(List.of("price"), 2, 2, 3).past(sales("shop = 'a'"))))
        .containsExactly(
            "a 01h (0.0, 0.5),(10.0, 1.5) 2.5,3.5 20.0,30.0",
            "a 04h (30.0, 3.5),(40.0, 4.5) 5.5,6.5 50.0,60.0");
  }

  @Test
  void noWindowSpansAGapOrAMissingValue() {
    SeriesWindows windows = windows(List.of(), 2, 1, 1);
    assertThat(shown(windows.past(sales("shop = 'a' and h <> 3"))))
        .containsExactly(
            "a 01h (0.0),(10.0) 20.0", "a 05h (40.0),(50.0) 60.0", "a 06h (50.0),(60.0) 70.0");
    Dataset<Row> holes =
        sales("shop = 'a'")
            .withColumn("sold", org.apache.spark.sql.functions.expr("if(h = 3, null, sold)"));
    assertThat(shown(windows.past(holes)))
        .isEqualTo(shown(windows.past(sales("shop = 'a' and h <> 3"))));
  }

  @Test
  void theLatestWindowOfEachSeriesHasNoFuture() {
    assertThat(shown(windows(List.of(), 2, 3, 1).latest(sales("shop = 'b' or h < 5"))))
        .containsExactly("a 04h (30.0),(40.0) null", "b 07h (600.0),(700.0) null");
    assertThat(shown(windows(List.of(), 8, 1, 1).latest(sales("shop = 'b' or h < 5"))))
        .singleElement()
        .asString()
        .startsWith("b 07h");
  }

  @Test
  void theLatestWindowTakesWhatIsKnownAheadFromRowsWithoutAValue() {
    Dataset<Row> ahead =
        sales("true")
            .withColumn(
                "sold",
                org.apache.spark.sql.functions.expr(
                    "if(h < 5 or shop = 'a' and h < 7, sold, null)"));
    assertThat(shown(windows(List.of("price"), 2, 2, 1).latest(ahead)))
        .containsExactly("b 04h (300.0, 3.5),(400.0, 4.5) 5.5,6.5 null");
  }

  @Test
  void aSingleSeriesNeedsNoKey() {
    SeriesWindows single =
        new SeriesWindows(Optional.empty(), "at", "sold", List.of(), Duration.ofHours(1), 6, 2, 1);
    assertThat(shown(single.past(sales("shop = 'a'"))))
        .containsExactly("05h (0.0),(10.0),(20.0),(30.0),(40.0),(50.0) 60.0,70.0");
  }
}

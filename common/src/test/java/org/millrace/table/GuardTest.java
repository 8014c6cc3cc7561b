package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.testing.Forked;
import org.millrace.testing.LocalSpark;

/** Rows are counted and written once, whatever Spark makes of the plan and of its tasks. */
final class GuardTest {
  @TempDir Path folder;
  private Fixture fixture;
  private Path file;

  @BeforeEach
  void table() {
    fixture = new Fixture(folder).contract("plain.v1", Fixture.PLAIN);
    for (int i = 0; i < 4; i++) {
      fixture.write(
          "t/%d.csv".formatted(i), "u,n,x,y\na%1$d,%1$d,1,1\n,2,2,2\nb%1$d,z,3,3\n".formatted(i));
    }
    file = fixture.path("t");
  }

  private CheckedTable open() {
    return fixture.open(ref(file, "plain.v1").format(TableRef.Format.CSV).build());
  }

  private static void assertSplit(CheckedTable table) {
    assertThat(table.seen()).isEqualTo(12);
    assertThat(table.rejected()).isEqualTo(8);
    assertThat(table.rejectLogs()).doesNotHaveDuplicates();
    assertThat(Fixture.rejects(table).count()).isEqualTo(8);
  }

  @Test
  void filtersWithinGeneratedCode() {
    fixture.parquet("p.parquet", "select 'a' u, 1 n, 2d x", "select null, 1, 2d");
    for (CheckedTable table :
        List.of(open(), fixture.open(ref(fixture.path("p.parquet"), "plain.v1").build()))) {
      String plan = table.rows().queryExecution().executedPlan().toString();
      assertThat(plan).containsPattern(Pattern.compile("\\*\\(1\\) Project .*KeepsRules"));
      assertThat(plan.split("KeepsRules", -1)).as(plan).hasSize(2);
      assertThat(plan.split("FileScan", -1)).as(plan).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "filter", "project", "join", "aggregate", "window"})
  void countsOnceUnderAnyConsumer(String consumer) {
    CheckedTable table = open();
    Dataset<Row> rows = table.rows();
    long good =
        switch (consumer) {
          case "count" -> rows.count();
          case "filter" -> rows.filter("n >= 0 and u like 'a%'").collectAsList().size();
          case "project" -> rows.select("n").collectAsList().size();
          case "join" ->
              rows.join(LocalSpark.session().sql("select 'a' || id as u from range(9)"), "u")
                  .filter("n < 100")
                  .collectAsList()
                  .size();
          case "aggregate" -> rows.groupBy("u").sum("x").collectAsList().size();
          default ->
              rows.selectExpr("u", "row_number() over (partition by u order by n) r")
                  .filter("r = 1")
                  .collectAsList()
                  .size();
        };

    assertThat(good).isEqualTo(4);
    assertSplit(table);
  }

  @Test
  void aCachedTableIsReadOnceAndKeepsItsCountsWhenPartsAreLost() {
    try (CheckedTable table = open().cache()) {
      List<String> files = table.rejectLogs();
      assertThat(table.rows().groupBy("n").count().queryExecution().executedPlan().toString())
          .contains("InMemoryTableScan");
      assertThat(table.rows().filter("n > 1").count()).isEqualTo(2);
      assertThat(table.rows().limit(1).collectAsList()).hasSize(1);
      JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
          .getPersistentRDDs()
          .forEach(
              (id, rdd) ->
                  org.apache.spark.SparkEnv.get().blockManager().master().removeRdd(id, true));

      // Lost parts are computed again, by tasks numbered otherwise than those that counted.
      Dataset<Row> twice = table.rows().coalesce(1).union(table.rows());
      assertThat(twice.collectAsList()).hasSize(8);

      assertSplit(table);
      assertThat(table.rejectLogs()).isEqualTo(files);
      assertThat(table.report().rejected()).isEqualTo(8);
    }
  }

  @Test
  void aRetriedTaskCountsAndWritesOnce() throws Exception {
    Forked.Ended ended = Forked.run(RetryMain.class, file.toString(), folder.toString()).within(90);

    assertThat(ended.output()).contains("RESULT seen=12 rejected=8 good=4 failures=");
    assertThat(ended.output()).doesNotContain("failures=0");
    List<String> published;
    try (Stream<Path> files = Files.list(folder.resolve("retry/published"))) {
      published = files.map(Path::toString).filter(f -> f.endsWith(".parquet")).toList();
    }
    assertThat(LocalSpark.session().read().parquet(published.toArray(String[]::new)).count())
        .isEqualTo(8);
    assertThat(left(folder.resolve("retry/staging"))).as("files of failed attempts").isPositive();
  }

  private static long left(Path staging) throws IOException {
    try (Stream<Path> files = Files.walk(staging)) {
      return files.filter(f -> f.toString().endsWith(".jsonl")).count();
    }
  }
}

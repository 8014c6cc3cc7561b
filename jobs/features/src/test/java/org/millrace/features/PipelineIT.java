package org.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

/** A pipeline fitted to one table and applied to another, by the command line. */
class PipelineIT {
  private static final String DATE = "2026-01-31";
  private static final String HEADER = "id,city,size,price,note";

  @TempDir Path folder;

  private Path root() {
    return folder.resolve("root");
  }

  private void contract() throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("schemas")).resolve("homes.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: homes
        name: homes
        version: 1.0.0
        status: active
        schema:
          - name: homes
            properties:
              - {name: id, logicalType: string, required: true}
              - {name: city, logicalType: string}
              - {name: size, logicalType: number}
              - {name: price, logicalType: number}
              - {name: note, logicalType: string}
        """);
  }

  private CommandResult run(String steps, String step, Path table) throws IOException {
    Path useCase =
        Files.writeString(
            folder.resolve("homes.conf"),
            """
            use-case = homes
            steps = [features.pipeline, features.apply]
            data-schemas = "%s"
            features.pipeline {
              table { path = "%s", contract = homes.v1, max-reject-share = 0.5 }
              output = homes
              keep = [id, size]
              steps = %s
            }
            features.apply { table { path = "%s", contract = homes.v1, max-reject-share = 0.5 }, output = homes-again }
            """
                .formatted(folder.resolve("schemas"), table, steps, table));
    return Cli.run(
        "run", useCase.toString(), "--step", step, "--root", root().toString(), "--date", DATE);
  }

  private static final String STEPS =
      """
      [
        { kind = impute, impute { columns = [size], strategy = mean } }
        { kind = index, index { column = city, as = city_number } }
        { kind = one-hot, one-hot { column = city, as = city_is } }
        { kind = scale, scale { columns = [size_imputed, price], as = numbers, method = min-max } }
        { kind = bucket, bucket { column = size, as = size_group, buckets = 2 } }
        { kind = hash, hash { columns = [city, size], as = hashed, features = 8 } }
        { kind = tf-idf, tf-idf { column = note, as = words, features = 16, min-documents = 0 } }
        { kind = word2vec, word2vec { column = note, as = meaning, size = 3, min-count = 1 } }
        { kind = pca, pca { columns = [numbers, city_is], as = main, components = 2 } }
        { kind = interact, interact { columns = [price, city_is], as = price_by_city } }
      ]
      """;

  private List<Row> published(String table, String... columns) {
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      return spark
          .read()
          .parquet(root().resolve("tables/" + table + "/ds=" + DATE).toString())
          .orderBy("id")
          .selectExpr(columns)
          .collectAsList();
    }
  }

  @Test
  void whatIsFittedOnceIsAppliedFromTheStoreAlone() throws IOException {
    contract();
    Path homes =
        Files.write(
            folder.resolve("homes.csv"),
            List.of(
                HEADER,
                "a,Ulm,10,100,quiet garden",
                "b,Ulm,,200,garden",
                "c,Bonn,30,300,",
                "d,,,150,loud street",
                "e,Ulm,20,,quiet",
                "f,Ulm,Infinity,120,quiet"));
    CommandResult fitted = run(STEPS, "features.pipeline", homes);
    assertThat(fitted.exitCode()).as(fitted.out() + fitted.err()).isZero();
    assertThat(RunSchema.problems(fitted.runFolder(root()).resolve("run.json"))).isEmpty();
    OutputReport output = fitted.report(root()).jobs().get(0).outputs().get(0);
    assertThat(List.of(output.in(), output.scored(), output.rejected()))
        .containsExactly(6L, 4L, 2L);
    assertThat(
            PublishedRows.of(
                root().resolve("rejects/homes/features.pipeline/ds=" + DATE), "row", "rules"))
        .hasSize(2)
        .anyMatch(r -> r.contains("pipeline.missing"))
        .anyMatch(r -> r.contains("size."));

    // The mean of 10 and 30 is 20: rejected rows are not among those that were learnt from.
    List<Row> rows =
        published("homes", "size_imputed", "city_number", "city_is", "numbers", "size_group");
    assertThat(rows).extracting(r -> r.getDouble(0)).containsExactly(10.0, 20.0, 30.0, 20.0);
    assertThat(rows).extracting(r -> r.getDouble(1)).containsExactly(0.0, 0.0, 1.0, 2.0);
    assertThat(rows.get(3).<Double>getList(2)).containsExactly(0.0, 0.0, 1.0);
    assertThat(rows.get(2).<Double>getList(3)).containsExactly(1.0, 1.0);
    assertThat(rows.get(0).<Double>getList(3)).containsExactly(0.0, 0.0);
    assertThat(rows.get(1).getDouble(4)).isEqualTo(2).isEqualTo(rows.get(3).getDouble(4));
    assertThat(rows.get(0).getDouble(4)).isLessThanOrEqualTo(rows.get(2).getDouble(4));
    assertThat(rows.get(2).getDouble(4)).isLessThan(2);
    for (Row row :
        published("homes", "size(words)", "size(meaning)", "size(main)", "size(hashed)")) {
      assertThat(row.mkString(" ")).isEqualTo("16 3 2 8");
    }
    assertThat(published("homes", "aggregate(words, 0D, (a, x) -> a + x)").get(2).getDouble(0))
        .isZero();
    assertThat(published("homes", "price_by_city").get(2).<Double>getList(0))
        .containsExactly(0.0, 300.0, 0.0);

    // The same table by the stored steps gives the same features; another one what was learnt here.
    String[] all = {"to_json(struct(*))"};
    CommandResult again =
        run("[{ kind = index, index { column = id, as = unused } }]", "features.apply", homes);
    assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
    assertThat(published("homes-again", all)).isEqualTo(published("homes", all));
    Path others =
        Files.write(
            folder.resolve("others.csv"), List.of(HEADER, "x,Rome,50,500,unheard", "y,Bonn,,100,"));
    CommandResult applied = run(STEPS, "features.apply", others);
    assertThat(applied.exitCode()).as(applied.out() + applied.err()).isZero();
    List<Row> unseen =
        published("homes-again", "size_imputed", "city_number", "numbers", "meaning");
    assertThat(unseen).extracting(r -> r.getDouble(0)).containsExactly(50.0, 20.0);
    assertThat(unseen).extracting(r -> r.getDouble(1)).containsExactly(2.0, 1.0);
    assertThat(unseen.get(0).<Double>getList(2)).containsExactly(2.0, 2.0);
    assertThat(unseen.get(0).<Double>getList(3)).containsExactly(0.0, 0.0, 0.0);
  }

  private static String home(String id, String city, String size, int price) {
    return "{\"id\": \"%s\", \"city\": %s, \"size\": %s, \"price\": %d, \"note\": null}"
        .formatted(id, city, size, price);
  }

  /** Vectors that were scaled, an empty text as a category, a bucket with missing numbers. */
  @Test
  void productsTakeWhatEveryStepMakes() throws IOException {
    contract();
    Path homes =
        Files.write(
            folder.resolve("homes.jsonl"),
            List.of(
                home("a", "\"Ulm\"", "10", 100),
                home("b", "\"\"", "null", 200),
                home("c", "\"Bonn\"", "30", 300),
                home("d", "null", "5", 150)));
    String steps =
        """
        [
          { kind = scale, scale { columns = [price], as = scaled, method = robust } }
          { kind = one-hot, one-hot { column = city, as = city_is } }
          { kind = bucket, bucket { column = size, as = group, buckets = 2 } }
          { kind = interact, interact { columns = [scaled, city_is], as = scaled_by_city } }
          { kind = interact, interact { columns = [price, group], as = price_by_group } }
        ]
        """;
    CommandResult fitted = run(steps, "features.pipeline", homes);
    assertThat(fitted.exitCode()).as(fitted.out() + fitted.err()).isZero();
    List<Row> rows =
        published("homes", "city_is", "scaled[0]", "scaled_by_city", "price_by_group[0]", "group");
    // Of equally frequent categories the first by its letters, and the empty text is one of them.
    assertThat(rows.get(1).<Double>getList(0)).containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(rows.get(3).<Double>getList(0)).containsExactly(0.0, 0.0, 0.0, 1.0);
    for (Row row : rows) {
      List<Double> city = row.getList(0);
      assertThat(row.<Double>getList(2))
          .containsExactlyElementsOf(city.stream().map(is -> is * row.getDouble(1) + 0.0).toList());
    }
    // The bucket of the missing size is number 2.
    assertThat(rows.get(1).getDouble(4)).isEqualTo(2);
    assertThat(rows.get(1).getDouble(3)).isEqualTo(400);
  }

  @Test
  void stepsThatDoNotFitTheTableAreRefusedBySentences() throws IOException {
    contract();
    Path homes =
        Files.write(folder.resolve("homes.csv"), List.of(HEADER, "a,Ulm,10,,x", "b,Ulm,20,,y"));
    List<String> told = new ArrayList<>();
    for (String steps :
        Arrays.asList(
            "[{ kind = scale, scale { columns = [city], as = x } }]",
            "[{ kind = index, index { column = city, as = Size } }]",
            "[{ kind = impute, impute { columns = [price] } }]",
            "[{ kind = pca, pca { columns = [size], as = x, components = 2 } }]")) {
      CommandResult refused = run(steps, "features.pipeline", homes);
      told.add(refused.exitCode() + " " + refused.report(root()).message());
    }
    assertThat(told.get(0)).startsWith("2 ").contains("step 1 (Scale) cannot read column city");
    assertThat(told.get(1))
        .startsWith("2 ")
        .contains("makes column Size, which is there already as size");
    assertThat(told.get(2)).startsWith("3 ").contains("column price has no value");
    assertThat(told.get(3)).startsWith("2 ").contains("the steps do not fit the table");
  }

  @Test
  void theShippedUseCaseMakesTheSameFeaturesAgainWithoutTheLabel() {
    Path home = Path.of(System.getProperty("millrace.home"));
    String loans = "table.path=\"%s\"".formatted(home.resolve("data/credit/loans.csv.gz"));
    CommandResult result =
        Cli.run(
            "run",
            home.resolve("conf/use-cases/loan-features.conf").toString(),
            "--root",
            root().toString(),
            "--date",
            DATE,
            "--set",
            "features.pipeline." + loans,
            "--set",
            "features.apply." + loans);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    result
        .report(root())
        .jobs()
        .forEach(
            job ->
                assertThat(job.outputs().get(0))
                    .satisfies(
                        o -> {
                          assertThat(o.in()).isEqualTo(4_454);
                          assertThat(o.scored() + o.rejected()).isEqualTo(4_454);
                          assertThat(o.scored()).isGreaterThan(4_400);
                        }));
    String columns = "id, numbers, job_is, home_is, age_group, numbers_by_job, main";
    String[] named = {"to_json(struct(model_version, " + columns + "))"};
    List<Row> again = published("loan-features-again", named);
    assertThat(again).hasSizeGreaterThan(4_400).isEqualTo(published("loan-features", named));
    String[] everything = {"to_json(struct(*))"};
    assertThat(published("loan-features-again", everything).get(0).getString(0))
        .doesNotContain("status");
  }
}

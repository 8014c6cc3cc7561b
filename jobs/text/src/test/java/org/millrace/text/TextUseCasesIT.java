package org.millrace.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.language.testing.MiniLm;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.UseCaseFiles;

/** The use cases on texts, by the command line. */
class TextUseCasesIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));

  /** Of those in the file, with fewer steps: each is a job of Spark's. */
  private static final String FEW =
      """
      [
        { vectors.tf-idf.grams = 1, learner.logistic-regression { regularization = 0.001, iterations = 15 } }
        { vectors.tf-idf.grams = 1, learner { kind = linear-svm, linear-svm { regularization = 0.001, iterations = 10 } } }
        { vectors.tf-idf.grams = 1, learner { kind = naive-bayes, naive-bayes.smoothing = 0.3 } }
      ]
      """;

  @TempDir Path root;

  private CommandResult run(String useCase, String... settings) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("run", UseCaseFiles.of(useCase).toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    return Cli.run(line.toArray(String[]::new));
  }

  private static String path(String key, Path value) {
    return "%s=\"%s\"".formatted(key, value);
  }

  private List<Row> table(String path) {
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      return spark.read().parquet(root.resolve(path + "/ds=2026-01-31").toString()).collectAsList();
    }
  }

  private static MetricReport metric(JobReport job, String name) {
    return job.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void reviewsAreToldByTheBestOfSeveralCandidates() throws IOException {
    Path more = root.resolve("more.csv");
    Files.write(
        more,
        List.of(
            "id,review,score",
            "a,The best tea ever: delicious; I love it and highly recommend it,great",
            "b,,other",
            "d,\uFFFD la carte,great",
            "c,Disappointed: stale; the taste was terrible and I would not buy it again,other"));
    CommandResult result =
        run(
            "reviews",
            path("text.train.examples.path", HOME.resolve("data/reviews/train.csv.gz")),
            "text.train.folds=2",
            "text.train.candidates=" + FEW,
            path("text.score.texts.path", more),
            "text.score.texts.max-reject-share=0.5");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(table("rejects/reviews/text.score"))
        .extracting(r -> r.getList(r.fieldIndex("rules")).get(0))
        .containsExactlyInAnyOrder("review.required", "text.readable");
    JobReport trained = result.report(root).jobs().get(0);
    MetricReport f1 = metric(trained, "f1");
    assertThat(f1.value()).isGreaterThan(0.65);
    assertThat(f1.baselines().get("most frequent class")).isBetween(0.3, 0.5);
    assertThat(trained.tables().get(0).rows()).hasSize(3);
    assertThat(trained.charts()).isNotEmpty();

    List<Row> scores = table("scores/reviews");
    assertThat(scores).hasSize(2);
    for (Row score : scores) {
      assertThat(score.<String>getAs("class"))
          .isEqualTo(score.getAs("id").equals("a") ? "great" : "other");
      List<Double> each = score.getList(score.fieldIndex("probabilities"));
      assertThat(each.get(0) + each.get(1)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
      assertThat(score.<Double>getAs("probability")).isEqualTo(Math.max(each.get(0), each.get(1)));
    }
  }

  @Test
  void anEmptyLabelIsNoneAndAClassThatIsHeldOutWholeIsNamed() throws IOException {
    Path schemas = Files.createDirectories(root.resolve("schemas"));
    Files.writeString(
        schemas.resolve("notes.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: notes
        name: notes
        version: 1.0.0
        status: active
        schema:
          - name: notes
            properties:
              - {name: id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: review, logicalType: string}
              - {name: score, logicalType: string}
        """);
    Path notes = root.resolve("notes.csv");
    StringBuilder rows = new StringBuilder("id,review,score\nempty,good tea,\" \"\n");
    for (int i = 0; i < 30; i++) {
      rows.append("%d,some tea number %d,%s\n".formatted(i, i, i % 2 == 0 ? "great" : "other"));
    }
    List<String> told = new ArrayList<>();
    // Of so few seeds at least one holds the only row of the rare class out.
    for (int seed = 0; seed < 6 && told.stream().noneMatch(t -> t.startsWith("3 ")); seed++) {
      Files.writeString(notes, rows + "only,strange tea,odd\n");
      CommandResult result =
          run(
              "reviews",
              path("data-schemas", schemas),
              "steps=[text.train]",
              path("text.train.examples.path", notes),
              "text.train.examples.contract=notes.v1",
              "text.train.examples.max-reject-share=0.5",
              "text.train.candidates=[{ learner.kind = naive-bayes }]",
              "text.train.folds=2",
              "text.train.holdout.share=0.5",
              "text.train.holdout.seed=" + seed,
              "text.train.gate=null");
      told.add(result.exitCode() + " " + result.report(root).message());
      assertThat(table("rejects/reviews/text.train"))
          .hasSize(1)
          .allMatch(r -> r.<String>getAs("row").contains("good tea"));
    }
    assertThat(told.get(told.size() - 1))
        .startsWith("3 ")
        .contains("class 'odd' of column score has no row to learn from");
  }

  @Test
  void learnersOnEmbeddingsAndHybridsAreStoredAndReadBack() throws IOException {
    Path model = MiniLm.in(root.resolve("minilm"));
    Path few = root.resolve("few.csv");
    StringBuilder rows = new StringBuilder("id,review,score\n");
    String[] good = {"wonderful taste", "I love this", "great product", "delicious and fresh"};
    String[] bad = {"horrible taste", "I hate this", "broken product", "stale and mouldy"};
    for (int i = 0; i < 80; i++) {
      String text = (i % 2 == 0 ? good : bad)[i / 2 % 4];
      rows.append("%d,%s number %d,%s\n".formatted(i, text, i, i % 2 == 0 ? "great" : "other"));
    }
    Files.writeString(few, rows);
    String embeddings = "embeddings { model = \"%s\", batch-size = 8 }".formatted(model);
    String meaning = "vectors { kind = embeddings, " + embeddings + " }";
    String both = "vectors { kind = hybrid, hybrid { " + embeddings + " } }";
    for (String learner :
        List.of(
            meaning
                + ", learner { kind = linear-svm, linear-svm { regularization = 0.01, iterations = 15 } }",
            meaning + ", learner.kind = naive-bayes",
            both + ", learner.logistic-regression.iterations = 10")) {
      CommandResult result =
          run(
              "reviews",
              path("text.train.examples.path", few),
              "text.train.folds=2",
              "text.train.candidates=[{ %s }]".formatted(learner),
              "text.train.gate.at-least=0.8",
              path("text.score.texts.path", few));
      assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
      long right =
          table("scores/reviews").stream()
              .filter(
                  r ->
                      r.getAs("class")
                          .equals(Integer.parseInt(r.getAs("id")) % 2 == 0 ? "great" : "other"))
              .count();
      assertThat(right).as(learner).isGreaterThanOrEqualTo(76);
      // The sentence model travels with the version: the user's folder may go.
      try (Stream<Path> files = Files.walk(root.resolve("models/reviews"))) {
        assertThat(files.map(p -> p.getFileName().toString()))
            .contains("model.onnx", "classifier.json", "vectors.json");
      }
    }
  }

  @Test
  void wordsThatAreDroppedAndReorderedStillFindTheAnswer() throws IOException {
    List<String[]> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(HOME.resolve("data/answers/pairs.csv"))) {
      int comma = line.indexOf(',');
      String question = line.substring(0, comma);
      if (!line.startsWith("\"")
          && !line.startsWith("question,")
          && question.split(" ").length > 3) {
        pairs.add(new String[] {question, line.substring(comma + 1)});
      }
    }
    Random random = new Random(11);
    StringBuilder asked = new StringBuilder("id,question\n");
    for (int i = 0; i < pairs.size(); i++) {
      List<String> words = new ArrayList<>(List.of(pairs.get(i)[0].split(" ")));
      words.remove(random.nextInt(words.size()));
      java.util.Collections.shuffle(words, random);
      asked.append("%d,%s\n".formatted(i, String.join(" ", words)));
    }
    asked.append("none,xylophone zebra\nempty,?!\ndamaged,xyloph\uFFFDne zebra\n\uFFFD,zebra\n");
    Path questions = root.resolve("questions.csv");
    Files.writeString(questions, asked, StandardCharsets.UTF_8);
    CommandResult result =
        run(
            "faq",
            path("text.answer.pairs.path", HOME.resolve("data/answers/pairs.csv")),
            path("text.answer.questions.path", questions),
            "text.answer.questions.max-reject-share=0.05",
            "text.answer.checks.damaged=keep");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<Row> answers = table("tables/faq-answers");
    long right =
        answers.stream()
            .filter(r -> r.<Long>getAs("rank") == 1 && r.<String>getAs("id").matches("[0-9]+"))
            .filter(r -> r.getAs("matched").equals(pairs.get(Integer.parseInt(r.getAs("id")))[0]))
            .count();
    assertThat(right).isGreaterThanOrEqualTo((long) Math.ceil(0.85 * pairs.size()));
    Row none = answers.stream().filter(r -> r.getAs("id").equals("none")).findFirst().orElseThrow();
    assertThat(none.<Boolean>getAs("found")).isFalse();
    assertThat(none.<String>getAs("answer")).isNull();
    assertThat(answers.stream().anyMatch(r -> r.getAs("id").equals("empty"))).isFalse();
    assertThat(answers).extracting(r -> r.<String>getAs("id")).contains("damaged");
    assertThat(table("rejects/faq/text.answer"))
        .extracting(r -> r.getList(r.fieldIndex("rules")).get(0))
        .containsExactlyInAnyOrder("text.present", "id.readable");
    assertThat(answers.stream().filter(r -> r.<Boolean>getAs("found")))
        .allSatisfy(r -> assertThat(r.<Double>getAs("score")).isGreaterThanOrEqualTo(0.25));
  }

  /** Those whose data is not in the repository too. */
  @ParameterizedTest
  @ValueSource(strings = {"faq", "kinships", "reviews"})
  void everyKeyIsBoundAndEveryContractHasItsColumns(String name) {
    UseCaseFiles.assertBound(name);
  }
}

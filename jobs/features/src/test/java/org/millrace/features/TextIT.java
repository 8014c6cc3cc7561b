package org.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.language.testing.MiniLm;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;

/** Texts in, words and vectors out, by the command line. */
class TextIT {
  @TempDir Path folder;

  private CommandResult run(String vectors, String... more) throws IOException {
    Path schemas = Files.createDirectories(folder.resolve("schemas"));
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
            logicalType: object
            properties:
              - {name: id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: note, logicalType: string, required: false}
        """);
    Path notes = folder.resolve("notes.csv");
    if (!Files.exists(notes)) {
      try (var out = Files.newOutputStream(notes)) {
        out.write("id,note\n".getBytes(StandardCharsets.UTF_8));
        out.write(
            "a,green tea and black tea\nb,black coffee\nc,\nd,?!\n"
                .getBytes(StandardCharsets.UTF_8));
        out.write("e,caf\u00e9 noir\n".getBytes(StandardCharsets.ISO_8859_1));
        out.write(("f," + "tea ".repeat(262_144) + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(("g," + "tea ".repeat(600_000) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path useCase =
        Files.writeString(
            folder.resolve("notes.conf"),
            """
            use-case = notes
            data-schemas = "%s"
            steps = [features.text]
            features.text {
              table { path = "%s", contract = notes.v1, max-reject-share = 0.9 }
              output = notes
              text = note
              vectors { %s }
            }
            """
                .formatted(schemas, notes, vectors));
    String[] line = {
      "run", useCase.toString(), "--root", root().toString(), "--date", "2026-01-31"
    };
    return Cli.run(Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new));
  }

  private Path root() {
    return folder.resolve("root");
  }

  private List<Row> read(String path, String order) {
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      Dataset<Row> rows = spark.read().parquet(root().resolve(path + "/ds=2026-01-31").toString());
      return (order.isEmpty() ? rows : rows.orderBy(order)).collectAsList();
    }
  }

  private List<Row> published(String table) {
    return read("tables/" + table, table.equals("notes") ? "id" : "place");
  }

  @Test
  void textsBecomeTermsAndThoseOfWhichNothingCanBeMadeAreRejectedWithTheReason()
      throws IOException {
    CommandResult result = run("kind = tf-idf, tf-idf.places.vocabulary.minimum-texts = 1");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<Row> terms = published("notes-terms");
    // Three texts are left; tea and black are in two of them each, and a tie goes by the letters.
    assertThat(terms.stream().map(r -> r.getString(r.fieldIndex("term"))).toList())
        .containsExactly("black", "tea", "and", "coffe", "green");
    assertThat(terms.get(0).<Double>getAs("weight")).isEqualTo(Math.log(4.0 / 3) + 1);
    List<Row> rows = published("notes");
    assertThat(rows.stream().map(r -> r.<String>getAs("id")).toList())
        .containsExactly("a", "b", "f");
    assertThat(rows.get(1).<String>getList(rows.get(1).fieldIndex("tokens")))
        .containsExactly("black", "coffe");
    assertThat(rows.get(0).<Integer>getList(rows.get(0).fieldIndex("terms")))
        .containsExactly(0, 1, 2, 4);
    assertThat(rows.get(2).<Double>getList(rows.get(2).fieldIndex("weights"))).containsExactly(1.0);
    assertThat(rows.get(0).schema().fieldNames()).doesNotContain("note");

    List<Row> rejects = read("rejects/notes/features.text", "");
    String all = rejects.toString();
    assertThat(rejects).hasSize(4);
    assertThat(all).contains("text.present", "text.readable", "text.length").hasSizeLessThan(5000);
  }

  @Test
  void vectorsMayBeLearntOrGiven() throws IOException {
    CommandResult learnt =
        run(
            "kind = word2vec, word2vec { size = 8, minimum-count = 1, epochs = 1 }",
            "--set",
            "features.text.checks.empty=keep",
            "--set",
            "features.text.checks.damaged=keep");
    assertThat(learnt.exitCode()).as(learnt.out() + learnt.err()).isZero();
    List<Row> rows = published("notes");
    assertThat(rows).hasSize(6);
    assertThat(rows.get(0).isNullAt(rows.get(0).fieldIndex("terms"))).isTrue();
    assertThat(rows.get(0).<Float>getList(rows.get(0).fieldIndex("vector"))).hasSize(8);
    assertThat(rows.get(3).<Float>getList(rows.get(3).fieldIndex("vector"))).containsOnly(0f);

    Path model = MiniLm.in(folder.resolve("minilm"));
    CommandResult given =
        run("kind = embeddings, embeddings { model = \"%s\", batch-size = 1 }".formatted(model));
    assertThat(given.exitCode()).as(given.out() + given.err()).isZero();
    List<Row> embedded = published("notes");
    assertThat(embedded).hasSize(3);
    List<Float> tea = embedded.get(0).getList(embedded.get(0).fieldIndex("vector"));
    List<Float> coffee = embedded.get(1).getList(embedded.get(1).fieldIndex("vector"));
    assertThat(tea).hasSize(384);
    double cosine = 0;
    for (int i = 0; i < tea.size(); i++) {
      cosine += tea.get(i) * coffee.get(i);
    }
    assertThat(cosine).isBetween(0.2, 0.9);

    CommandResult absent =
        run(
            "kind = embeddings, embeddings { model = \"%s\" }"
                .formatted(folder.resolve("nowhere")));
    assertThat(absent.exitCode()).isEqualTo(2);
    assertThat(absent.report(root()).message()).contains("nowhere", "tokenizer.json");
  }
}

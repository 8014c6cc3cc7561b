package org.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.language.TextVectors.Embeddings;
import org.millrace.language.testing.MiniLm;
import org.millrace.outcome.Stop;

class SentenceVectorsTest {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void layDown() throws IOException {
    model = MiniLm.in(folder.resolve("minilm"));
  }

  private static Embeddings settings(int batch, int tokens, boolean normalize) {
    return new Embeddings(model.toString(), tokens, batch, 1, normalize);
  }

  @Test
  void textsOfOneMeaningAreNear() {
    FittedVectors fitted = settings(1, 128, true).open(new Configuration());
    assertThat(fitted.size()).isEqualTo(384);
    double[] cat = fitted.vector("A cat sits on the mat.").toArray();
    double[] kitten = fitted.vector("A kitten is sitting on a rug.").toArray();
    double[] bank = fitted.vector("The bank raised its interest rate.").toArray();
    assertThat(Texts.cosine(cat, kitten)).isGreaterThan(0.5);
    assertThat(Texts.cosine(cat, bank)).isLessThan(0.2);
    assertThat(Texts.cosine(cat, cat)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    double squares = 0;
    for (double number : cat) {
      squares += number * number;
    }
    assertThat(squares).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
    double[] raw =
        settings(1, 128, false)
            .open(new Configuration())
            .vector("A cat sits on the mat.")
            .toArray();
    assertThat(raw[0] / cat[0]).isGreaterThan(1.5);
    assertThat(Texts.cosine(raw, cat)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void rowsKeepTheirOrderThroughBatchesOfLikeLength() {
    String[] texts = new String[70];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = ("number " + i + " ").repeat(1 + i * 7 % 13);
    }
    texts[3] = null;
    texts[5] = "  ";
    // A quantized model's numbers depend a little on what else is in the batch, so batches of one.
    FittedVectors fitted = settings(1, 64, true).open(new Configuration());
    List<Row> rows = fitted.append(Texts.of(texts), "text", "vector").collectAsList();
    FittedVectors batched = settings(8, 64, true).open(new Configuration());
    List<Row> together = batched.append(Texts.of(texts), "text", "vector").collectAsList();
    for (int i = 0; i < texts.length; i++) {
      double[] found = rows.get(i).<Vector>getAs("vector").toArray();
      if (i == 3 || i == 5) {
        assertThat(found).containsOnly(0.0).hasSize(384);
        continue;
      }
      assertThat(rows.get(i).getString(0)).isEqualTo(texts[i]);
      double[] alone = fitted.vector(texts[i]).toArray();
      assertThat(Texts.cosine(found, alone)).isGreaterThan(0.999999);
      double[] near = together.get(i).<Vector>getAs("vector").toArray();
      assertThat(Texts.cosine(near, alone)).isGreaterThan(0.97);
    }
  }

  @Test
  void whatIsBehindTheLastTokenIsNotSeen() {
    FittedVectors fitted = settings(1, 8, true).open(new Configuration());
    String long1 = "one two three four five six " + "word ".repeat(200_000);
    assertThat(fitted.vector(long1).toArray())
        .isEqualTo(fitted.vector("one two three four five six seven").toArray());
    assertThat(fitted.vector("one two three").toArray())
        .isNotEqualTo(fitted.vector("one two four").toArray());
  }

  @Test
  void aStoredModelStandsByItself(@TempDir Path store) {
    FittedVectors fitted = settings(1, 32, true).open(new Configuration());
    var target = new org.apache.hadoop.fs.Path(store.toUri());
    VectorFiles.write(target, fitted, new Configuration());
    SentenceVectors again = (SentenceVectors) VectorFiles.read(target, new Configuration());
    assertThat(again.files().folder()).contains(store.getFileName().toString());
    assertThat(again.vector("tea").toArray()).isEqualTo(fitted.vector("tea").toArray());
  }

  @Test
  void whatIsNoSentenceModelIsRefused(@TempDir Path other) throws IOException {
    assertThatThrownBy(
            () -> new Embeddings(other.toString(), 32, 1, 1, true).open(new Configuration()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("model.onnx");
    Files.writeString(other.resolve("model.onnx"), "no model");
    Files.copy(model.resolve("tokenizer.json"), other.resolve("tokenizer.json"));
    assertThatThrownBy(
            () -> new Embeddings(other.toString(), 32, 1, 1, true).open(new Configuration()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("is not a sentence model");
  }
}

package org.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.language.TextVectors.Embeddings;
import org.millrace.language.TextVectors.Hybrid;
import org.millrace.language.TextVectors.Places;
import org.millrace.language.TextVectors.TfIdf;
import org.millrace.language.TextVectors.TfIdf.UnknownWords;
import org.millrace.language.TextVectors.TfIdf.Weighting;
import org.millrace.language.testing.MiniLm;

class HybridVectorsTest {
  private static final String[] TEXTS = {
    "How do I cancel my order?", "Where is my parcel?", "How do I pay?"
  };
  private static final TfIdf TERMS =
      new TfIdf(new Places.Vocabulary(100, 1), 1, Weighting.LINEAR, true, UnknownWords.IGNORED);

  @TempDir static Path folder;
  private static Embeddings sentences;

  @BeforeAll
  static void layDown() throws IOException {
    // Not normalized: the vector's own length must not matter.
    sentences = new Embeddings(MiniLm.in(folder.resolve("minilm")).toString(), 128, 1, 1, false);
  }

  private static FittedVectors fit(TextVectors how) {
    return how.fit(Texts.of(TEXTS), "text", Texts.PLAIN);
  }

  private static double cosine(FittedVectors vectors, String one, String other) {
    return Texts.cosine(vectors.vector(one).toArray(), vectors.vector(other).toArray());
  }

  @Test
  void theCosineIsTheWeightedMeanOfBoth() {
    FittedVectors both = fit(new Hybrid(0.7, TERMS, sentences));
    FittedVectors terms = fit(TERMS);
    FittedVectors meaning = fit(sentences);
    String asked = "order cancel how";
    for (String known : TEXTS) {
      double mean = 0.7 * cosine(terms, asked, known) + 0.3 * cosine(meaning, asked, known);
      assertThat(cosine(both, asked, known)).isCloseTo(mean, within(1e-6));
    }
    assertThat(both.size()).isEqualTo(terms.size() + 384);
    assertThat(both.terms()).isEqualTo(terms.terms());
  }

  @Test
  void aTextOfUnknownWordsIsItsMeaningAlone() {
    Vector unknown = fit(new Hybrid(0.7, TERMS, sentences)).vector("Zebra!");
    assertThat(unknown.numNonzeros()).isEqualTo(384);
    assertThat(Vectors.norm(unknown, 2)).isCloseTo(Math.sqrt(0.3), within(1e-6));
  }

  @Test
  void whatIsStoredTellsTheSameWhenItIsReadBack() throws IOException {
    FittedVectors both = fit(new Hybrid(0.4, TERMS, sentences));
    Path stored = Files.createDirectories(folder.resolve("stored"));
    var place = new org.apache.hadoop.fs.Path(stored.toUri());
    VectorFiles.write(place, both, new Configuration());
    FittedVectors read = VectorFiles.read(place, new Configuration());
    for (String text : List.of(TEXTS[0], "parcel order", "Zebra!")) {
      assertThat(read.vector(text)).isEqualTo(both.vector(text));
    }
  }
}

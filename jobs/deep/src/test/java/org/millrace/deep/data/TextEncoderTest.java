package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.language.Analysis;
import org.millrace.testing.LocalSpark;

class TextEncoderTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Analysis STEMMED = new Analysis.English(true, false);

  @TempDir Path folder;

  private static Encoded encode(String text, int maxTokens, String... vocabulary) {
    Input.Text input =
        new Input.Text("review", STEMMED, maxTokens, new Words.Stored("not looked at"));
    return Tables.encode(
        new FittedInput.Texts("input", input, new Vocabulary(List.of(vocabulary))),
        "review",
        DataTypes.StringType,
        text);
  }

  private static Vocabulary vocabulary(int size, int minimum, Words.Count count, String... texts) {
    Dataset<Row> rows =
        SPARK.createDataset(List.of(texts), Encoders.STRING()).toDF("review").repartition(3);
    return new VocabularyBuilder(
            new Analysis.English(false, false), new Words.Fitted(size, minimum, count))
        .build(rows, "review");
  }

  @Test
  void wordsBecomeIdsBehindTheirNumber() {
    assertThat(Tables.integers(encode("Good dogs, bad  good!", 6, "good", "dog")))
        .containsExactly(4, 2, 3, Vocabulary.UNKNOWN, 2, Vocabulary.PADDING, Vocabulary.PADDING);
    assertThat(Tables.integers(encode("Good dogs, bad good!", 2, "good", "dog")))
        .containsExactly(2, 2, 3);
  }

  @Test
  void textsOfWhichNothingIsLeftAreRefused() {
    assertThat(Tables.refusal(encode("", 6, "good")))
        .isEqualTo(new Refusal(Refusal.Rule.TEXT_PRESENT, "review has no word: ''"));
    assertThat(Tables.refusal(encode(null, 6, "good")).rule()).isEqualTo(Refusal.Rule.TEXT_PRESENT);
    assertThat(Tables.refusal(encode(" ?! ... ", 6, "good")).rule())
        .isEqualTo(Refusal.Rule.TEXT_PRESENT);
    assertThat(Tables.refusal(encode("bad food", 6, "good")))
        .isEqualTo(
            new Refusal(
                Refusal.Rule.TEXT_KNOWN, "no word of review is in the vocabulary: 'bad food'"));
  }

  @Test
  void theMostFrequentWordsAreKeptAndTiesGoByTheirCharacters() {
    String[] texts = {"b a a a a", "b c", "b c d", "d e"};
    assertThat(vocabulary(9, 1, Words.Count.TEXTS, texts).words())
        .containsExactly("b", "c", "d", "a", "e");
    assertThat(vocabulary(2, 1, Words.Count.OCCURRENCES, texts).words()).containsExactly("a", "b");
    assertThat(vocabulary(9, 2, Words.Count.TEXTS, texts).words()).containsExactly("b", "c", "d");
    assertThatThrownBy(() -> vocabulary(9, 5, Words.Count.TEXTS, texts))
        .hasMessageContaining("no word of column review is counted 5 times");
  }

  @Test
  void aVocabularyIsReadAsItWasWritten() throws Exception {
    Configuration hadoop = new Configuration();
    Path path = folder.resolve("words.txt");
    VocabularyFile file = new VocabularyFile(new org.apache.hadoop.fs.Path(path.toUri()));
    file.write(new Vocabulary(List.of("good", "购买")), hadoop);
    assertThat(Files.readString(path)).isEqualTo("good\n购买\n");
    assertThat(file.read(hadoop).words()).containsExactly("good", "购买");
    Files.writeString(path, "good\nbad\ngood\n");
    assertThatThrownBy(() -> file.read(hadoop))
        .hasMessageContaining("line 3")
        .hasMessageContaining("'good'");
    Files.writeString(path, "");
    assertThatThrownBy(() -> file.read(hadoop)).hasMessageContaining("is empty");
    Files.delete(path);
    assertThatThrownBy(() -> file.read(hadoop)).hasMessageContaining("cannot be read");
  }
}

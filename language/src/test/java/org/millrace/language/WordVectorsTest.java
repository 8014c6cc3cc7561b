package org.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordVectorsTest {

  /** Two topics whose words never meet. */
  private static Dataset<Row> topics() {
    String[][] words = {{"tea", "milk", "cup", "sugar"}, {"rail", "train", "station", "ticket"}};
    Random random = new Random(5);
    String[] texts = new String[400];
    for (int i = 0; i < texts.length; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < 8; w++) {
        text.append(words[i % 2][random.nextInt(4)]).append(' ');
      }
      texts[i] = text.toString();
    }
    return Texts.of(texts);
  }

  @Test
  void wordsThatMeetAreNearAndEqualSeedsGiveEqualVectors(@TempDir Path folder) {
    TextVectors how = new TextVectors.Word2vec(16, 4, 2, 8, 0.05, 7);
    FittedVectors fitted = how.fit(topics(), "text", Texts.PLAIN);
    double[] tea = fitted.vector("tea").toArray();
    double[] milk = fitted.vector("milk sugar").toArray();
    double[] train = fitted.vector("train").toArray();
    assertThat(Texts.cosine(tea, milk)).isGreaterThan(Texts.cosine(tea, train) + 0.3);
    assertThat(fitted.vector("unknown words").toArray()).containsOnly(0.0).hasSize(16);
    assertThat(how.fit(topics(), "text", Texts.PLAIN).vector("tea").toArray()).isEqualTo(tea);

    var target = new org.apache.hadoop.fs.Path(folder.toUri());
    VectorFiles.write(target, fitted, new Configuration());
    assertThat(VectorFiles.read(target, new Configuration()).vector("tea").toArray())
        .isEqualTo(tea);
  }
}

package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Network;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;

class PortionTest {
  @Test
  void imagesAreScoredInPartsAndSequencesAtOnce() {
    assertThat(Portion.rows(Samples.batch(Samples.cnn(), 150, 1))).isEqualTo(64);
    assertThat(Portion.rows(Samples.batch(Samples.cnn(), 10, 1))).isEqualTo(10);
    assertThat(Portion.rows(Samples.batch(Samples.lstm(), 150, 1))).isEqualTo(150);
  }

  @Test
  void aBatchSaysWhatItsRowsSay() {
    for (Network network : new Network[] {Samples.cnn(), Samples.lstm()}) {
      Batch batch = Samples.batch(network, 150, 3);
      Dl4jEngine engine = new Dl4jEngine(network, Samples.optimization(Samples.SGD, 0.1), 5, 1);
      try (Replica replica = engine.replica(Engine.Slot.CPU)) {
        float[][] whole = replica.predict(batch);
        assertThat(whole.length).isEqualTo(150);
        for (int row : new int[] {0, 63, 64, 127, 128, 149}) {
          float[] alone = replica.predict(Portion.of(batch, row, row + 1))[0];
          assertThat(whole[row]).containsExactly(alone, within(1e-5f));
        }
      }
    }
  }
}

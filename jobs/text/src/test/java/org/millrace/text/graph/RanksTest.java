package org.millrace.text.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static final float[] SCORES = {9, 5, 7, 5, 5, 1};

  @Test
  void whatIsKnownToBeTrueDoesNotStandBefore() {
    assertThat(Ranks.rank(SCORES, 0, 6, 5, new int[] {5})).isEqualTo(6);
    assertThat(Ranks.rank(SCORES, 0, 6, 5, new int[] {0, 2, 5})).isEqualTo(4);
  }

  @Test
  void amongEqualsTheAnswerStandsInTheMiddle() {
    assertThat(Ranks.rank(SCORES, 0, 6, 1, new int[] {1})).isEqualTo(4);
    assertThat(Ranks.rank(SCORES, 0, 6, 1, new int[] {1, 3})).isEqualTo(3.5);
    assertThat(Ranks.rank(new float[10], 0, 10, 3, new int[] {3})).isEqualTo(5.5);
  }

  @Test
  void aScoreIsTheDistanceOrTheProduct() {
    float[] entities = {1, 0, 0, 2, 1, 1};
    float[] relations = {0, 1, 0, -1};
    Embedding distance = new Embedding(Scoring.TRANSE, entities, relations, 2);
    assertThat(distance.scores(new int[] {0}, new int[] {0}, 1)).containsExactly(-1, -2, 0);
    Embedding product = new Embedding(Scoring.DISTMULT, entities, new float[] {2, 3, 1, 1}, 2);
    assertThat(product.scores(new int[] {2}, new int[] {0}, 1)).containsExactly(2, 6, 5);
    // (1 + 0i) (0 + 1i) = 0 + 1i; the real part of its product with conj(a + bi) is b.
    Embedding complex = new Embedding(Scoring.COMPLEX, entities, relations, 2);
    assertThat(complex.scores(new int[] {0}, new int[] {0}, 1)).containsExactly(0, 2, 1);
  }

  @Test
  void predictionsLeaveFactsOutAndTheirProbabilitiesAddUp() {
    float[] entities = {1, 0, 0, 2, 1, 1};
    Embedding model = new Embedding(Scoring.DISTMULT, entities, new float[] {2, 3, 1, 1}, 2);
    Predictor predictor =
        new Predictor(model, new String[] {"a", "b", "c"}, new String[] {"likes"}, "^");
    List<Predictor.Prediction> all = predictor.best("c", "likes", Set.of(), 3);
    assertThat(all).extracting(Predictor.Prediction::answer).containsExactly("b", "c", "a");
    assertThat(all.stream().mapToDouble(Predictor.Prediction::probability).sum())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(predictor.best("c", "likes", Set.of("b"), 1))
        .extracting(Predictor.Prediction::answer)
        .containsExactly("c");
    assertThat(predictor.best("c", "^likes", Set.of(), 1)).hasSize(1);
    assertThat(predictor.best("nobody", "likes", Set.of(), 1)).isEmpty();
    assertThat(predictor.best("c", "hates", Set.of(), 1)).isEmpty();
  }
}

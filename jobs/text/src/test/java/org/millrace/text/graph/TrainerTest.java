package org.millrace.text.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.text.graph.TrainingOptions.Candidates;

class TrainerTest {

  private static Trainer.Trained train(Scoring scoring, Candidates candidates, long seed) {
    Combination combination = new Combination(scoring, 16, 0.1, 0.003);
    TrainingOptions options = new TrainingOptions(150, 16, candidates, 10, 100, seed);
    return new Trainer(combination, options, Circle.PEOPLE, Circle.RELATIONS)
        .train(Circle.train(), Circle.heldOut(), () -> false);
  }

  /** By chance the reciprocal rank among 24 people is 0.16, among 36 places 0.12. */
  @Test
  void whatWasHeldOutIsFoundByModelsThatCanTellIt() {
    Candidates all = new Candidates.All();
    assertThat(train(Scoring.COMPLEX, all, 1).mrr()).isGreaterThan(0.9);
    assertThat(onLattice(Scoring.TRANSE).mrr()).isGreaterThan(0.9);
    assertThat(onLattice(Scoring.DISTMULT).mrr()).isGreaterThan(0.3);
  }

  private static Trainer.Trained onLattice(Scoring scoring) {
    Combination combination = new Combination(scoring, 16, 0.1, 0.003);
    TrainingOptions options = new TrainingOptions(150, 16, new Candidates.All(), 10, 100, 1);
    return new Trainer(combination, options, Lattice.SIDE * Lattice.SIDE, Lattice.RELATIONS)
        .train(Lattice.train(), Lattice.heldOut(), () -> false);
  }

  @Test
  void drawnCandidatesFindItToo() {
    assertThat(train(Scoring.COMPLEX, new Candidates.Sampled(8), 1).mrr()).isGreaterThan(0.8);
  }

  @Test
  void equalSeedsGiveEqualVectorsAndOthersOthers() {
    float[] once = train(Scoring.COMPLEX, new Candidates.Sampled(8), 1).model().entities();
    assertThat(train(Scoring.COMPLEX, new Candidates.Sampled(8), 1).model().entities())
        .isEqualTo(once);
    assertThat(train(Scoring.COMPLEX, new Candidates.Sampled(8), 2).model().entities())
        .isNotEqualTo(once);
  }

  /** The slopes that learning goes by are those of differences, for every scoring. */
  @ParameterizedTest
  @EnumSource(Scoring.class)
  void gradientsAreThoseOfFiniteDifferences(Scoring scoring) {
    int width = scoring.width(3);
    Embedding model = Embedding.random(scoring, 3, 5, 2, 7);
    float[] weights = new float[width];
    for (int i = 0; i < width; i++) {
      weights[i] = 0.3f * (i + 1);
    }
    float[] ofHead = new float[width];
    scoring.pull(model.relations(), width, weights, 0, ofHead, 0, width);
    float[] penalty = new float[width];
    scoring.penalize(model.entities(), 0, 0.5f, penalty, 0, width);
    for (int i = 0; i < width; i++) {
      double slope = (value(model, i, 1e-2f, weights) - value(model, i, -1e-2f, weights)) / 2e-2;
      assertThat(slope).isCloseTo(ofHead[i], org.assertj.core.data.Offset.offset(1e-3));
      double cubes = (cubes(model, i, 1e-2f) - cubes(model, i, -1e-2f)) / 2e-2;
      assertThat(0.5 * cubes).isCloseTo(penalty[i], org.assertj.core.data.Offset.offset(1e-3));
    }
  }

  private static double value(Embedding model, int component, float by, float[] weights) {
    int width = weights.length;
    float[] head = model.entities().clone();
    head[component] += by;
    float[] query = new float[width];
    model.scoring().compose(head, 0, model.relations(), width, query, 0, width);
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (double) query[i] * weights[i];
    }
    return sum;
  }

  private static double cubes(Embedding model, int component, float by) {
    float[] x = java.util.Arrays.copyOf(model.entities(), model.width());
    x[component] += by;
    double sum = 0;
    int half = x.length / 2;
    for (int i = 0; i < (model.scoring() == Scoring.COMPLEX ? half : x.length); i++) {
      double modulus =
          model.scoring() == Scoring.COMPLEX ? Math.hypot(x[i], x[half + i]) : Math.abs(x[i]);
      sum += modulus * modulus * modulus;
    }
    return sum;
  }
}

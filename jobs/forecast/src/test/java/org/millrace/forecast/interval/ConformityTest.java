package org.millrace.forecast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConformityTest {

  /** Intervals that are half as wide as they should be are widened to twice their width. */
  @Test
  void tooNarrowIntervalsAreWidenedToTheirShare() {
    Random random = new Random(11);
    double z80 = 1.2815515655446004;
    Conformity conformity = new Conformity();
    for (int i = 0; i < 20_000; i++) {
      conformity.add(random.nextGaussian(), 0, -z80 / 2, z80 / 2);
    }

    assertThat(conformity.radius(0.8)).isCloseTo(2.0, within(0.08));
    assertThat(conformity.radius(0.95)).isCloseTo(2 * 1.959964 / z80, within(0.13));
    double radius = conformity.radius(0.8);
    int inside = 0;
    for (int i = 0; i < 20_000; i++) {
      inside += Math.abs(random.nextGaussian()) <= radius * z80 / 2 ? 1 : 0;
    }
    assertThat(inside / 20_000.0).isBetween(0.795, 0.83);
  }

  @Test
  void countsOfPartsAddUp() {
    Conformity one = new Conformity();
    Conformity two = new Conformity();
    for (int i = 1; i <= 10; i++) {
      (i % 2 == 0 ? one : two).add(i, 0, -1, 1);
    }
    one.add(two);

    assertThat(one.total()).isEqualTo(10);
    assertThat(one.within(1.05)).isEqualTo(0.1);
    assertThat(one.within(5.2)).isEqualTo(0.5);
    assertThat(one.radius(0.9)).as("the ceil(11 x 0.9)-th of ten").isCloseTo(10, within(0.4));
  }

  @Test
  void quantilesMoveToTheirRadiiAndStayInOrder() {
    List<Conformity> steps = new ArrayList<>();
    Random random = new Random(2);
    Conformity step = new Conformity();
    for (int i = 0; i < 5000; i++) {
      step.add(random.nextGaussian() * 3, 0, -1, 1);
    }
    steps.add(step);
    double[] radii = Intervals.radii(steps)[0];
    double[] probabilities = {0.025, 0.1, 0.5, 0.9, 0.975};
    double[] corrected =
        Intervals.corrected(new double[] {-2, -1, 0, 1, 2}, probabilities, 10, 9, 12, radii);

    assertThat(corrected).isSorted();
    assertThat(corrected[2]).isEqualTo(10);
    assertThat(corrected[1]).isCloseTo(10 - 3 * 1.28155, within(0.25));
    assertThat(corrected[3]).as("twice as far above").isCloseTo(10 + 6 * 1.28155, within(0.5));
    assertThat(corrected[4]).isCloseTo(10 + 6 * 1.95996, within(0.6));
  }

  @Test
  void withoutAnyValueQuantilesStayAsTheyAre() {
    double[] radii = Intervals.radii(List.of(new Conformity()))[0];
    double[] quantiles = {1, 2};

    assertThat(Intervals.corrected(quantiles, new double[] {0.1, 0.9}, 5, 1, 2, radii))
        .isSameAs(quantiles);
  }
}

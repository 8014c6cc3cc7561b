package org.millrace.risk.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.millrace.risk.features.ColumnKind;

class NumberSketchTest {
  private static final int ROWS = 100_000;

  private static Distribution of(List<?> values) {
    NumberSketch sketch = new NumberSketch("x", ColumnKind.NUMERIC);
    values.forEach(sketch::add);
    return sketch.distribution();
  }

  private static List<Double> draw(Supplier<Double> value) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      values.add(value.get());
    }
    return values;
  }

  /** Counting the same values in the bins that were found gives the counts that were stored. */
  private static void assertExact(List<?> values) {
    Distribution found = of(values);
    Bins.Binner binner = found.bins().binner(found.kind());
    Long[] counts = new Long[found.counts().size()];
    Arrays.fill(counts, 0L);
    for (Object value : values) {
      int bin = binner.bin(value);
      counts[bin < 0 ? counts.length - 1 : bin]++;
    }
    assertThat(found.counts()).containsExactly(counts);
    assertThat(found.counts().get(0)).as("below the least").isZero();
    assertThat(found.counts().get(found.bins().count() - 1)).as("above the greatest").isZero();
    assertThat(found.bins().labels(found.kind())).hasSize(found.bins().count());
  }

  @Test
  void binsHoldATenthOfTheRowsEach() {
    Random random = new Random(1);
    for (Supplier<Double> shape :
        List.<Supplier<Double>>of(
            random::nextGaussian,
            random::nextDouble,
            () -> 1e6 + random.nextGaussian(),
            () -> -Math.exp(3 * random.nextGaussian()),
            () -> 1e9 * random.nextGaussian())) {
      List<Double> values = draw(shape);
      assertExact(values);
      List<Long> counts = of(values).counts();
      assertThat(counts).hasSize(13);
      for (int b = 1; b <= 10; b++) {
        assertThat((double) counts.get(b)).isCloseTo(ROWS / 10.0, within(ROWS / 40.0));
      }
    }
  }

  @Test
  void equalValuesStayTogether() {
    List<Double> values = new ArrayList<>(Collections.nCopies(900, 0.0));
    values.addAll(Collections.nCopies(50, -0.0));
    values.addAll(List.of(1.0, 2.0, 3.0, 4.0));
    assertExact(values);
    assertThat(of(values).counts()).containsExactly(0L, 950L, 4L, 0L, 0L);
    assertThat(of(values).bins().labels(ColumnKind.NUMERIC))
        .containsExactly("< 0", "[0, 1)", "[1, 4]", "> 4");
    assertThat(of(List.of(0, 1, 0, 1)).bins().labels(ColumnKind.NUMERIC))
        .containsExactly("< 0", "[0, 1)", "1", "> 1");
  }

  @Test
  void whatIsNoNumberIsMissing() {
    List<Object> values = new ArrayList<>(Arrays.asList(null, null, 5L, 6.5f));
    values.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    assertExact(values);
    assertThat(of(values).counts()).containsExactly(0L, 1L, 1L, 0L, 5L);
    Distribution none = of(Arrays.asList(null, Double.NaN));
    assertThat(none.counts()).containsExactly(0L, 2L);
    assertThat(none.bins().binner(none.kind()).bin(3.0)).isZero();
    assertThat(none.bins().labels(none.kind())).containsExactly("any");
    assertExact(List.of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 0.0, 1.0));
  }

  @Test
  void theOrderAndThePartsOfTheRowsDoNotMatter() {
    Random random = new Random(2);
    List<Double> values = draw(() -> Math.exp(5 * random.nextGaussian()) - 1);
    Distribution whole = of(values);
    Collections.shuffle(values, random);
    NumberSketch sum = new NumberSketch("x", ColumnKind.NUMERIC);
    int from = 0;
    for (int part : new int[] {3, 60_000, 0, 500, ROWS - 60_503}) {
      NumberSketch sketch = new NumberSketch("x", ColumnKind.NUMERIC);
      values.subList(from, from + part).forEach(sketch::add);
      sum.merge(sketch);
      from += part;
    }
    assertThat(from).isEqualTo(ROWS);
    assertThat(sum.distribution()).isEqualTo(whole);
  }
}

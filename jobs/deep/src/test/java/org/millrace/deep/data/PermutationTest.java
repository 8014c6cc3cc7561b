package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 1000, 65_536, 65_537})
  void eachNumberHasOnePlace(int count) {
    Permutation permutation = new Permutation(count, 42);
    assertThat(LongStream.range(0, count).map(permutation::at).sorted())
        .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
  }

  @Test
  void placesAreNearlyIndependentAndSeedsDiffer() {
    int count = 10_000;
    double fixed = 0;
    double product = 0;
    Permutation other = new Permutation(count, 2);
    Permutation permutation = new Permutation(count, 1);
    int same = 0;
    for (int place = 0; place < count; place++) {
      double at = permutation.at(place);
      product += (place - 4999.5) * (at - 4999.5);
      fixed += at == place ? 1 : 0;
      same += at == other.at(place) ? 1 : 0;
    }
    double correlation = product / (count * (count * (double) count - 1) / 12);
    // Three standard errors of 1 / sqrt(n); of fixed points one is expected.
    assertThat(correlation).isCloseTo(0, within(0.03));
    assertThat(fixed).isLessThan(7);
    assertThat(same).isLessThan(7);
  }
}

package org.millrace.forecast.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconciliationTest {
  /** all = a + b; a = a1 + a2 + a3; b = b1 + b2. */
  private static final Map<String, String> PARENTS =
      Map.of("a", "all", "b", "all", "a1", "a", "a2", "a", "a3", "a", "b1", "b", "b2", "b");

  private static final Tree TREE = Tree.of("all", PARENTS);

  private static double[] random(long seed) {
    return new Random(seed).doubles(TREE.size(), 1, 50).toArray();
  }

  @Test
  void theTreeNamesParentsBeforeParts() {
    assertThat(TREE.names()).containsExactly("all", "a", "b", "a1", "a2", "a3", "b1", "b2");
    assertThat(TREE.leaves()).containsExactly(false, false, false, true, true, true, true, true);
  }

  @ParameterizedTest
  @EnumSource
  void everyMethodMakesSumsOfParts(Reconciliation method) {
    double[] y = method.coherent(TREE, random(1), random(2));

    assertThat(y[0]).isCloseTo(y[1] + y[2], within(1e-12));
    assertThat(y[1]).isCloseTo(y[3] + y[4] + y[5], within(1e-12));
    assertThat(y[2]).isCloseTo(y[6] + y[7], within(1e-12));
    double[] again = method.coherent(TREE, y, random(2));
    for (int node = 0; node < y.length; node++) {
      assertThat(again[node]).as("what adds up stays").isCloseTo(y[node], within(1e-10));
    }
  }

  @Test
  void bottomUpKeepsLeavesAndTopDownKeepsTheRoot() {
    double[] base = random(3);

    assertThat(Arrays.copyOfRange(Reconciliation.BOTTOM_UP.coherent(TREE, base, base), 3, 8))
        .containsExactly(Arrays.copyOfRange(base, 3, 8));
    double[] down = Reconciliation.TOP_DOWN.coherent(TREE, base, base);
    assertThat(down[0]).isCloseTo(base[0], within(1e-10));
    assertThat(down[3] / down[4]).isCloseTo(base[3] / base[4], within(1e-10));
    double[] nothing = new double[8];
    nothing[0] = 10;
    assertThat(Reconciliation.TOP_DOWN.coherent(TREE, nothing, nothing)).startsWith(10, 5, 5);
  }

  /** S (S' W^-1 S)^-1 S' W^-1 y, with matrices, as the paper writes it. */
  @ParameterizedTest
  @EnumSource(names = {"OLS", "WLS_STRUCTURE", "WLS_VARIANCE"})
  void twoPassesAreTheMatricesOfMint(Reconciliation method) {
    double[] base = random(4);
    double[] variances = random(5);
    double[] weights = {1, 1, 1, 1, 1, 1, 1, 1};
    if (method == Reconciliation.WLS_STRUCTURE) {
      weights = new double[] {5, 3, 2, 1, 1, 1, 1, 1};
    } else if (method == Reconciliation.WLS_VARIANCE) {
      weights = variances;
    }
    RealMatrix s =
        new Array2DRowRealMatrix(
            new double[][] {
              {1, 1, 1, 1, 1},
              {1, 1, 1, 0, 0},
              {0, 0, 0, 1, 1},
              {1, 0, 0, 0, 0},
              {0, 1, 0, 0, 0},
              {0, 0, 1, 0, 0},
              {0, 0, 0, 1, 0},
              {0, 0, 0, 0, 1}
            });
    RealMatrix precision = new DiagonalMatrix(Arrays.stream(weights).map(w -> 1 / w).toArray());
    RealMatrix weighted = s.transpose().multiply(precision);
    double[] expected =
        s.multiply(new LUDecomposition(weighted.multiply(s)).getSolver().getInverse())
            .multiply(weighted)
            .operate(base);
    double[] coherent = method.coherent(TREE, base, variances);

    for (int node = 0; node < expected.length; node++) {
      assertThat(coherent[node]).isCloseTo(expected[node], within(1e-9));
    }
  }

  @Test
  void forecastsWithoutSpreadAreReconciledAsIfAllCountedAlike() {
    double[] base = random(6);

    assertThat(Reconciliation.WLS_VARIANCE.coherent(TREE, base, new double[8]))
        .isEqualTo(Reconciliation.OLS.coherent(TREE, base, new double[8]));
  }

  @Test
  void aSeriesThatIsPartOfItselfIsRefused() {
    assertThatThrownBy(
            () -> new Hierarchy(Reconciliation.OLS, Map.of("a", "b", "b", "c", "c", "a")))
        .hasMessageContaining("series that are not part of themselves");
  }
}

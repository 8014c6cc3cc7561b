package org.millrace.forecast.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.forecast.method.References;

class MinTraceTest {
  private static final Map<String, String> PARENTS =
      Map.of("a", "all", "b", "all", "a1", "a", "a2", "a", "a3", "a", "b1", "b", "b2", "b");

  private static final Tree TREE = Tree.of("all", PARENTS);

  private static double[] column(List<Map<String, String>> rows, String column) {
    return rows.stream().mapToDouble(row -> References.number(row, column)).toArray();
  }

  /** By mint_reference.py. */
  @ParameterizedTest
  @ValueSource(strings = {"many", "few"})
  void forecastsAreThoseOfHierarchicalforecast(String name) {
    List<Map<String, String>> rows =
        References.rows("mint.csv").stream().filter(r -> r.get("case").equals(name)).toList();
    assertThat(rows).extracting(r -> r.get("node")).isEqualTo(TREE.names());
    double[][] errors =
        rows.stream()
            .map(
                r ->
                    Arrays.stream(r.get("errors").split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
            .toArray(double[][]::new);
    ShrunkCovariance covariance = ShrunkCovariance.of(errors);
    double[] coherent = new MinTrace(TREE, covariance.matrix()).coherent(column(rows, "base"));
    double[] said = column(rows, "coherent");

    assertThat(covariance.intensity()).isBetween(0.01, 0.99);
    for (int node = 0; node < said.length; node++) {
      assertThat(coherent[node]).as(TREE.names().get(node)).isCloseTo(said[node], within(1e-6));
    }
  }

  @Test
  void withVariancesAloneItIsTheWayUpAndDown() {
    Random random = new Random(3);
    double[] base = random.doubles(TREE.size(), 1, 50).toArray();
    double[] variances = random.doubles(TREE.size(), 1, 9).toArray();
    double[][] diagonal = new double[TREE.size()][TREE.size()];
    for (int node = 0; node < TREE.size(); node++) {
      diagonal[node][node] = variances[node];
    }
    double[] coherent = new MinTrace(TREE, diagonal).coherent(base);
    double[] passes = Reconciliation.WLS_VARIANCE.coherent(TREE, base, variances);

    for (int node = 0; node < base.length; node++) {
      assertThat(coherent[node]).isCloseTo(passes[node], within(1e-9));
    }
  }

  /** A series without any error is left as it is, and nothing is divided by zero. */
  @Test
  void errorsOfZeroAreBelieved() {
    Random random = new Random(4);
    double[][] errors = new double[TREE.size()][12];
    for (int node = 0; node < errors.length; node++) {
      boolean still = node == 3;
      Arrays.setAll(errors[node], t -> still ? 0 : random.nextGaussian());
    }
    double[] base = random.doubles(TREE.size(), 1, 50).toArray();
    double[] coherent = new MinTrace(TREE, ShrunkCovariance.of(errors).matrix()).coherent(base);
    assertThat(coherent[3]).isCloseTo(base[3], within(1e-6));
    assertThat(coherent[0]).isCloseTo(coherent[1] + coherent[2], within(1e-9));

    double[][] nothing = new double[TREE.size()][12];
    assertThat(new MinTrace(TREE, ShrunkCovariance.of(nothing).matrix()).coherent(base))
        .doesNotContain(Double.NaN);
  }

  @Test
  void correlationsOfNoiseAreShrunkAndTrueOnesStay() {
    Random random = new Random(5);
    double[][] noise = new double[6][40];
    double[][] one = new double[6][400];
    for (double[] series : noise) {
      Arrays.setAll(series, t -> random.nextGaussian());
    }
    double[] together = random.doubles(400, -1, 1).toArray();
    for (double[] series : one) {
      Arrays.setAll(series, t -> together[t] + 0.1 * random.nextGaussian());
    }

    assertThat(ShrunkCovariance.of(noise).intensity()).isGreaterThan(0.5);
    assertThat(ShrunkCovariance.of(one).intensity()).isLessThan(0.05);
  }

  @Test
  void errorsAreTakenAtTheTimesThatAllSeriesHave() {
    double nan = Double.NaN;
    double[][] common =
        TreeErrors.common(
                List.of(new double[] {9, 1, 2, 3, 4, 5, 6}, new double[] {10, nan, 30, 40, 50, 60}))
            .orElseThrow();

    assertThat(common).isDeepEqualTo(new double[][] {{1, 3, 4, 5, 6}, {10, 30, 40, 50, 60}});
    assertThat(TreeErrors.common(List.of(new double[3], new double[9]))).isEmpty();
  }

  @Test
  void treesTooLargeForAMatrixAreRefused() {
    Map<String, String> wide = new HashMap<>();
    for (int i = 0; i < 2000; i++) {
      wide.put("leaf" + i, "all");
    }
    assertThat(new Hierarchy(Reconciliation.WLS_VARIANCE, wide).parents()).hasSize(2000);
    assertThatThrownBy(() -> new Hierarchy(Reconciliation.MINT_SHRINK, wide))
        .hasMessageContaining("a tree of 2001 series")
        .hasMessageContaining("wls-variance");
  }
}

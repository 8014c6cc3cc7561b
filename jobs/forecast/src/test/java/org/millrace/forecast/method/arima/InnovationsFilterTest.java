package org.millrace.forecast.method.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the dense normal distribution of the whole series, its covariances from long sums. */
class InnovationsFilterTest {
  private static final double[] NONE = {};
  private static final int STEPS = 60;
  private static final int AHEAD = 9;

  private static ArmaModel model(String name) {
    return switch (name) {
      case "white" -> new ArmaModel(NONE, NONE, NONE, NONE, 1);
      case "ar" -> new ArmaModel(new double[] {1.2, -0.5}, NONE, NONE, NONE, 1);
      case "ma" -> new ArmaModel(NONE, NONE, new double[] {0.4, -0.3, 0.2}, NONE, 1);
      case "arma" -> new ArmaModel(new double[] {0.7}, NONE, new double[] {-0.4, 0.3}, NONE, 1);
      case "seasonal" ->
          new ArmaModel(
              new double[] {0.5, 0.2},
              new double[] {0.6},
              new double[] {-0.4},
              new double[] {-0.7},
              7);
      default ->
          new ArmaModel(NONE, new double[] {-0.4}, new double[] {0.9}, new double[] {0.8}, 4);
    };
  }

  private static RealMatrix covariance(ArmaModel model, int n) {
    double[] psi = InitialState.responses(model, 3000);
    double[][] gamma = new double[n][n];
    for (int k = 0; k < n; k++) {
      double sum = 0;
      for (int j = 0; j + k < psi.length; j++) {
        sum += psi[j] * psi[j + k];
      }
      for (int t = 0; t + k < n; t++) {
        gamma[t][t + k] = sum;
        gamma[t + k][t] = sum;
      }
    }
    return new Array2DRowRealMatrix(gamma, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"white", "ar", "ma", "arma", "seasonal", "other"})
  void isTheDenseNormalDistribution(String name) {
    ArmaModel model = model(name);
    double[] y = new Random(3).doubles(STEPS, -2, 2).toArray();
    double[] x = new Random(4).doubles(STEPS, -2, 2).toArray();
    RealMatrix all = covariance(model, STEPS + AHEAD);
    RealMatrix past = all.getSubMatrix(0, STEPS - 1, 0, STEPS - 1);
    LUDecomposition lu = new LUDecomposition(past);
    RealVector solved = lu.getSolver().solve(new ArrayRealVector(y));

    InnovationsFilter filter = new InnovationsFilter(new double[][] {y, x});
    double logs = filter.run(model);
    assertThat(logs).isCloseTo(Math.log(lu.getDeterminant()), within(1e-6));
    double[] e = filter.standardised(0);
    assertThat(new ArrayRealVector(e).dotProduct(new ArrayRealVector(e)))
        .isCloseTo(solved.dotProduct(new ArrayRealVector(y)), within(1e-6));
    assertThat(new ArrayRealVector(e).dotProduct(new ArrayRealVector(filter.standardised(1))))
        .isCloseTo(solved.dotProduct(new ArrayRealVector(x)), within(1e-6));

    RealMatrix cross = all.getSubMatrix(STEPS, STEPS + AHEAD - 1, 0, STEPS - 1);
    double[] expected = cross.operate(solved).toArray();
    assertThat(filter.forecast(model, 0, AHEAD)).containsExactly(expected, within(1e-6));
    RealMatrix rest =
        all.getSubMatrix(STEPS, STEPS + AHEAD - 1, STEPS, STEPS + AHEAD - 1)
            .subtract(cross.multiply(lu.getSolver().solve(cross.transpose())));
    double[] variances = variances(model, filter);
    for (int h = 0; h < AHEAD; h++) {
      assertThat(variances[h]).isCloseTo(rest.getEntry(h, h), within(1e-6));
    }
  }

  private static double[] variances(ArmaModel model, InnovationsFilter filter) {
    double[] variances = new double[AHEAD];
    double[] psi = InitialState.responses(model, AHEAD);
    for (int h = 0; h < AHEAD; h++) {
      variances[h] = psi[h] * psi[h] + (h == 0 ? 0 : variances[h - 1]);
    }
    double[][] state = filter.uncertainty(model);
    double[][] effects = new double[state.length][AHEAD];
    for (int i = 0; i < state.length; i++) {
      for (int h = 0; h < AHEAD; h++) {
        effects[i][h] = h == i ? 1 : 0;
        for (int lag : model.phiLags()) {
          effects[i][h] += lag <= h ? model.phi()[lag - 1] * effects[i][h - lag] : 0;
        }
      }
    }
    for (int h = 0; h < AHEAD; h++) {
      for (int i = 0; i < state.length; i++) {
        for (int j = 0; j < state.length; j++) {
          variances[h] += effects[i][h] * state[i][j] * effects[j][h];
        }
      }
    }
    return variances;
  }
}

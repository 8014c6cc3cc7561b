package org.millrace.forecast.method.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.forecast.method.References.number;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.References;
import org.millrace.forecast.series.History;

/**
 * Beside R's arima(method = "ML"). R starts from a variance of a million, not from none known, and
 * takes its sigma2 from residuals that see it: a likelihood within 0.01, errors of forecasts in
 * units of each side's own sigma.
 */
class ArimaReferenceTest {
  private static final int HORIZON = 24;

  @TestFactory
  Stream<DynamicTest> saysWhatRSays() {
    Map<String, History> series = References.series();
    return References.rows("arima.csv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.toString(), () -> compare(series.get(row.get("series")), row)));
  }

  private static void compare(History plain, Map<String, String> row) throws Unfit {
    boolean wave = row.get("regressor").equals("wave");
    History history =
        new History(
            plain.values(), plain.periods(), wave ? wave(0, plain.length()) : new double[0][]);
    double lambda = number(row, "lambda");
    Arima arima =
        new Arima(
            order(row, plain.period()),
            Boolean.parseBoolean(row.get("constant")),
            lambda == 1 ? Transformation.none() : Transformation.boxCox(lambda));
    FittedSarima fitted = arima.fit(history);
    SarimaFit fit = fitted.fit();
    assertThat(fit.logLikelihood()).isCloseTo(number(row, "loglik"), within(0.01));
    double[] theirs =
        Arrays.stream(row.get("coefficients").split(" ", -1))
            .mapToDouble(Double::parseDouble)
            .toArray();
    double[] ours = coefficients(fit);
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo(theirs[i], within(2e-3 * Math.max(1, Math.abs(theirs[i]))));
    }
    assertThat(fit.unbiasedVariance())
        .isCloseTo(number(row, "sigma2"), within(0.02 * number(row, "sigma2")));
    Prediction says =
        fitted.predict(HORIZON, wave ? wave(plain.length(), HORIZON) : new double[0][]);
    int step = (int) number(row, "step") - 1;
    double median = number(row, "median");
    double z = -NormalPrediction.standard(0.1);
    double theirError =
        spread(median, number(row, "q10"), lambda) / Math.sqrt(number(row, "sigma2")) / z;
    double ourError =
        spread(says.quantile(step, 0.5), says.quantile(step, 0.1), lambda)
            / Math.sqrt(fit.unbiasedVariance())
            / z;
    assertThat(says.quantile(step, 0.5))
        .isCloseTo(median, within(2e-5 * Math.abs(median) + 2e-4 * (median - number(row, "q10"))));
    assertThat(ourError).isCloseTo(theirError, within(2e-3 * theirError));
  }

  private static double spread(double median, double q10, double lambda) {
    return lambda == 0 ? Math.log(median / q10) : median - q10;
  }

  private static double[] coefficients(SarimaFit fit) {
    Coefficients c = fit.coefficients();
    return Stream.of(c.ar(), c.ma(), c.seasonalAr(), c.seasonalMa(), fit.beta())
        .flatMapToDouble(DoubleStream::of)
        .toArray();
  }

  private static ArimaOrder order(Map<String, String> row, int period) {
    int[] plain = numbers(row.get("order"));
    int[] seasonal = numbers(row.get("seasonal"));
    ArimaOrder order = ArimaOrder.of(plain[0], plain[1], plain[2]);
    return Arrays.stream(seasonal).sum() == 0
        ? order
        : order.seasonal(seasonal[0], seasonal[1], seasonal[2], period);
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static double[][] wave(int from, int count) {
    double[][] wave = new double[2][count];
    for (int t = 0; t < count; t++) {
      wave[0][t] = Math.cos(from + t + 1);
      wave[1][t] = (from + t + 1) % 7;
    }
    return wave;
  }
}

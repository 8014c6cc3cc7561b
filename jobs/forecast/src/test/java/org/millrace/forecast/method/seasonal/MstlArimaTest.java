package org.millrace.forecast.method.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.simple.SeasonalNaive;
import org.millrace.forecast.series.History;

class MstlArimaTest {
  private static final int DAY = 24;
  private static final int WEEK = 168;
  private static final double[][] NONE = new double[0][];

  /** Days and weeks planted, with weekends of another shape, around a walk. */
  private static double[] planted(int steps) {
    Random random = new Random(17);
    double[] y = new double[steps];
    double level = 1000;
    for (int t = 0; t < steps; t++) {
      level += random.nextGaussian();
      y[t] = level + shape(t) + 3 * random.nextGaussian();
    }
    return y;
  }

  private static double shape(int t) {
    double weekend = t % WEEK >= 5 * DAY ? -80 : 0;
    return 60 * Math.sin(2 * Math.PI * t / DAY) + weekend;
  }

  @Test
  void followsDaysAndWeeks() throws Unfit {
    int end = 8 * WEEK;
    double[] y = planted(end + WEEK);
    History history = History.of(Arrays.copyOf(y, end), DAY, WEEK);
    Method.Fitted fitted = new MstlArima(5).fit(history);
    Prediction says = fitted.predict(WEEK, NONE);
    Prediction daily = new SeasonalNaive().fit(history).predict(WEEK, NONE);
    double error = 0;
    double naive = 0;
    int within = 0;
    for (int h = 0; h < WEEK; h++) {
      double truth = y[end + h];
      error += Math.abs(truth - says.mean(h)) / WEEK;
      naive += Math.abs(truth - daily.mean(h)) / WEEK;
      within += truth > says.quantile(h, 0.1) && truth < says.quantile(h, 0.9) ? 1 : 0;
    }
    assertThat(error).isLessThan(15).isLessThan(0.5 * naive);
    assertThat(within / (double) WEEK).isGreaterThan(0.6);
    assertThat(fitted.description()).startsWith("MSTL[24, 168] and ARIMA(");
  }

  @Test
  void aRegressorThatIsKnownAheadSpeaks() throws Unfit {
    double[] y = planted(6 * WEEK);
    double[] holiday = new double[y.length];
    for (int t : new int[] {50, 333, 480, 711, 890}) {
      holiday[t] = 1;
      y[t] += 200;
    }
    History history = new History(y, new int[] {DAY, WEEK}, new double[][] {holiday});
    double[] none = new double[5];
    double[] ahead = {0, 0, 1, 0, 0};
    Method.Fitted fitted = new MstlArima(5).fit(history);
    double effect =
        fitted.predict(5, new double[][] {ahead}).mean(2)
            - fitted.predict(5, new double[][] {none}).mean(2);
    assertThat(effect).isCloseTo(200, within(40.0));
  }

  @Test
  void leavesOutSeasonsThatAreTooLong() throws Unfit {
    double[] y = planted(2 * WEEK);
    assertThat(new MstlArima(5).fit(History.of(y, DAY, WEEK)).description())
        .startsWith("MSTL[24] and ");
    assertThatThrownBy(() -> new MstlArima(5).fit(History.of(Arrays.copyOf(y, 48), DAY, WEEK)))
        .isInstanceOf(Unfit.class)
        .hasMessage("48 steps are not more than two seasons of 24 steps");
    assertThatThrownBy(() -> new MstlArima(5).fit(History.of(y)))
        .isInstanceOf(Unfit.class)
        .hasMessage("there is no season");
  }

  @Test
  void aConstantSeriesStaysAsItIs() throws Unfit {
    double[] flat = new double[100];
    Arrays.fill(flat, 4);
    Prediction says = new MstlArima(5).fit(History.of(flat, 7, 21)).predict(30, NONE);
    for (int h = 0; h < 30; h++) {
      assertThat(says.mean(h)).isCloseTo(4, within(1e-9));
      assertThat(says.quantile(h, 0.9)).isCloseTo(4, within(1e-6));
    }
  }
}

package org.millrace.forecast.method.seasonal;

import java.util.Arrays;
import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.arima.AutoArima;
import org.millrace.forecast.method.arima.FittedSarima;
import org.millrace.forecast.method.decompose.Mstl;
import org.millrace.forecast.series.History;

/**
 * Several seasons, long ones too, such as 48 and 336 half-hours: MSTL takes the seasons out, each
 * goes on as its last cycle, and an ARIMA model without seasons forecasts the rest.
 *
 * <p>Source: Bandara, Hyndman and Bergmeir, MSTL (2021); R: {@code forecast::stlf(method =
 * "arima")} on an {@code msts}. Beyond it, the variances are those of the rest over the share of
 * noise that the seasons leave there, with the noise that the last cycles carry on; and regressors
 * of the history have the coefficients of a regression of the rest of the series on their own rests
 * (Frisch and Waugh 1933), so that seasons do not swallow them.
 */
public final class MstlArima implements Method {
  public static final String NAME = "mstl";
  private static final long serialVersionUID = 1L;

  private final AutoArima model;

  /**
   * @param mostLags the largest p and q of the model of the rest
   */
  public MstlArima(int mostLags) {
    this.model = AutoArima.withoutSeason(mostLags);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    return 200.0 * periods.length + model.cost(length, new int[0]);
  }

  @Override
  public Fitted fit(History history) throws Unfit {
    double[] y = history.values();
    int[] periods = history.periods();
    if (periods.length == 0) {
      throw new Unfit("there is no season");
    }
    if (2 * periods[0] >= y.length) {
      throw new Unfit(
          String.format(
              Locale.ROOT,
              "%d steps are not more than two seasons of %d steps",
              y.length,
              periods[0]));
    }
    double[] beta = regression(history);
    double[] without = y.clone();
    for (int r = 0; r < beta.length; r++) {
      for (int t = 0; t < y.length; t++) {
        without[t] -= beta[r] * history.regressors()[r][t];
      }
    }
    Mstl parts = new Mstl(without, periods);
    FittedSarima rest = model.fit(History.of(parts.adjusted()));
    return new FittedSeasons(parts, rest, new SeasonNoise(y.length, periods), beta);
  }

  private double[] regression(History history) throws Unfit {
    double[][] regressors = history.regressors();
    if (regressors.length == 0) {
      return new double[0];
    }
    int[] periods = history.periods();
    double[][] rests = new double[regressors.length][];
    for (int r = 0; r < rests.length; r++) {
      rests[r] = new Mstl(regressors[r], periods).adjusted();
    }
    double[] rest = new Mstl(history.values(), periods).adjusted();
    return model.fit(new History(rest, new int[0], rests)).regression();
  }

  /** The rest as forecast, the last cycle of each season again and again, and the regressors. */
  private static final class FittedSeasons implements Fitted {
    private final int[] periods;
    private final double[][] cycles;
    private final FittedSarima rest;
    private final SeasonNoise noise;
    private final double[] beta;

    private FittedSeasons(Mstl parts, FittedSarima rest, SeasonNoise noise, double[] beta) {
      this.periods = parts.periods();
      this.cycles = new double[periods.length][];
      for (int i = 0; i < periods.length; i++) {
        double[] season = parts.seasons()[i];
        cycles[i] = Arrays.copyOfRange(season, season.length - periods[i], season.length);
      }
      this.rest = rest;
      this.noise = noise;
      this.beta = beta;
    }

    @Override
    public Prediction predict(int horizon, double[][] future) {
      NormalPrediction adjusted = rest.predictNormal(horizon, new double[0][]);
      double[] means = new double[horizon];
      double[] deviations = new double[horizon];
      double one = adjusted.deviation(0);
      double carried = noise.carried() * one * one;
      for (int h = 0; h < horizon; h++) {
        double deviation = adjusted.deviation(h);
        deviations[h] = Math.sqrt((deviation * deviation + carried) / noise.left());
        means[h] = adjusted.mean(h);
        for (int i = 0; i < periods.length; i++) {
          means[h] += cycles[i][h % periods[i]];
        }
        for (int r = 0; r < beta.length; r++) {
          means[h] += beta[r] * future[r][h];
        }
      }
      return new NormalPrediction(means, deviations);
    }

    @Override
    public double[] errors() {
      return rest.errors();
    }

    @Override
    public String description() {
      StringBuilder text = new StringBuilder("MSTL" + Arrays.toString(periods));
      for (int r = 0; r < beta.length; r++) {
        text.append(String.format(Locale.ROOT, " regressor%d=%.6g", r + 1, beta[r]));
      }
      return text.append(" and ").append(rest.description()).toString();
    }
  }
}

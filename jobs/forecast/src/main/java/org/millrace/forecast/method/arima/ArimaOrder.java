package org.millrace.forecast.method.arima;

import java.io.Serializable;
import java.util.Locale;

/**
 * The order of a seasonal ARIMA model, (p,d,q)(P,D,Q)[s], in the notation of Box and Jenkins.
 *
 * @param p autoregressive lags
 * @param d differences
 * @param q moving average lags
 * @param seasonalP autoregressive lags of whole seasons
 * @param seasonalD differences over a season
 * @param seasonalQ moving average lags of whole seasons
 * @param period steps of a season; 1 where there is none, and then the seasonal orders are 0
 */
public record ArimaOrder(
    int p, int d, int q, int seasonalP, int seasonalD, int seasonalQ, int period)
    implements Serializable {
  private static final int MOST = 100;

  public ArimaOrder {
    int least =
        Math.min(Math.min(p, Math.min(d, q)), Math.min(seasonalP, Math.min(seasonalD, seasonalQ)));
    int most = Math.max(Math.max(p, q), Math.max(seasonalP, seasonalQ));
    if (least < 0 || most > MOST || d > 2 || seasonalD > 1 || period < 1) {
      throw new IllegalArgumentException(
          "an ARIMA order has lags of 0 to 100, 0 to 2 differences, 0 or 1 seasonal one and a"
              + " period of at least 1, was "
              + text(p, d, q, seasonalP, seasonalD, seasonalQ, period));
    }
    if (period == 1 && seasonalP + seasonalD + seasonalQ > 0) {
      throw new IllegalArgumentException(
          "seasonal orders need a period of at least 2, was "
              + text(p, d, q, seasonalP, seasonalD, seasonalQ, period));
    }
  }

  /** Without a season. */
  public static ArimaOrder of(int p, int d, int q) {
    return new ArimaOrder(p, d, q, 0, 0, 0, 1);
  }

  public ArimaOrder seasonal(int seasonalP, int seasonalD, int seasonalQ, int period) {
    return new ArimaOrder(p, d, q, seasonalP, seasonalD, seasonalQ, period);
  }

  /** The coefficients of its polynomials. */
  int coefficients() {
    return p + q + seasonalP + seasonalQ;
  }

  /** The differences of both kinds. */
  int differences() {
    return d + seasonalD;
  }

  /** The steps that differencing takes from a series. */
  int lost() {
    return d + seasonalD * period;
  }

  @Override
  public String toString() {
    return text(p, d, q, seasonalP, seasonalD, seasonalQ, period);
  }

  private static String text(int p, int d, int q, int sp, int sd, int sq, int period) {
    return period == 1
        ? String.format(Locale.ROOT, "ARIMA(%d,%d,%d)", p, d, q)
        : String.format(Locale.ROOT, "ARIMA(%d,%d,%d)(%d,%d,%d)[%d]", p, d, q, sp, sd, sq, period);
  }
}

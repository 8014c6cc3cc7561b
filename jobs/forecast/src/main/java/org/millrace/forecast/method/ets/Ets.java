package org.millrace.forecast.method.ets;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.search.Bfgs;
import org.millrace.forecast.series.History;

/**
 * Exponential smoothing in its state space form: every combination of error, trend, damping and
 * season, fitted by maximum likelihood, chosen by the corrected criterion of Akaike.
 *
 * <p>Sources: Hyndman, Koehler, Snyder and Grose (2002), A state space framework for automatic
 * forecasting using exponential smoothing methods; Hyndman, Koehler, Ord and Snyder (2008),
 * Forecasting with Exponential Smoothing; R: {@code forecast::ets}. Unlike there, the gradient of
 * the likelihood is computed exactly, by running the recursion backwards, so that a quasi-Newton
 * search finds parameters and initial states together.
 */
public final class Ets implements Method {
  public static final String NAME = "ets";

  /** Longer seasons have too many states: forms without a season are left for them, as in R. */
  public static final int LONGEST_SEASON = 24;

  private static final long serialVersionUID = 1L;
  private static final int ITERATIONS = 200;
  private static final double TOLERANCE = 1e-5;

  private final String form;
  private final boolean multiplicativeTrend;

  /** Chooses the form of each series, without multiplicative trends. */
  public Ets() {
    this("auto", false);
  }

  /**
   * @param form letters as {@link Form#parse} reads them, or {@code auto}
   * @param multiplicativeTrend whether the automatic choice may take a multiplicative trend
   * @throws IllegalArgumentException where there is no such form
   */
  public Ets(String form, boolean multiplicativeTrend) {
    if (!form.equals("auto") && Form.parse(form).isEmpty()) {
      throw new IllegalArgumentException(
          "no form of exponential smoothing is called '" + form + "'");
    }
    this.form = form;
    this.multiplicativeTrend = multiplicativeTrend;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    int m = periods.length == 0 ? 1 : periods[0];
    int forms = form.equals("auto") ? 15 : 1;
    return forms * (m > 1 && m <= LONGEST_SEASON ? 150.0 : 60.0);
  }

  @Override
  public EtsModel fit(History history) throws Unfit {
    double[] y = history.values();
    if (y.length == 0) {
      throw new Unfit("no value to smooth");
    }
    double least = Arrays.stream(y).min().orElseThrow();
    double unit = Arrays.stream(y).map(Math::abs).average().orElseThrow();
    long seed = Arrays.hashCode(y);
    if (least == Arrays.stream(y).max().orElseThrow()) {
      return constant(y, seed);
    }
    int m = history.period();
    boolean seasonal = m > 1 && m <= LONGEST_SEASON;
    double[] scaled = Arrays.stream(y).map(value -> value / unit).toArray();
    FormFit best = best(scaled, seasonal ? m : 1, forms(least > 0, seasonal));
    best.replay();
    // The likelihood of the scaled series differs by a constant that is the same for all forms.
    double constant = 2.0 * y.length * Math.log(unit);
    return new EtsModel(
        States.after(best.form, best.pass()),
        unit,
        best.logLikelihood - constant / 2,
        best.aicc + constant,
        seed,
        best.pass().error.clone());
  }

  private List<Form> forms(boolean positive, boolean seasonal) throws Unfit {
    Optional<Form> given = Form.parse(form);
    if (given.isEmpty()) {
      return Form.candidates(positive, seasonal, multiplicativeTrend);
    }
    if (given.get().needsPositive() && !positive) {
      throw new Unfit(given.get() + " needs values above zero");
    }
    if (given.get().hasSeason() && !seasonal) {
      throw new Unfit(given.get() + " needs a season of 2 to " + LONGEST_SEASON + " steps");
    }
    return List.of(given.get());
  }

  private static FormFit best(double[] y, int m, List<Form> forms) throws Unfit {
    Pass plain = new Pass(y, 1);
    Pass seasonal = m > 1 ? new Pass(y, m) : plain;
    Bfgs search = new Bfgs(ITERATIONS, TOLERANCE);
    FormFit best = null;
    int least = Integer.MAX_VALUE;
    for (Form form : forms) {
      // The criterion needs more steps than parameters, the variance and one.
      int needed = form.parameters(m) + 3;
      least = Math.min(least, needed);
      if (y.length >= needed) {
        FormFit fit = FormFit.of(form, form.hasSeason() ? seasonal : plain, search);
        if (Double.isFinite(fit.aicc) && (best == null || fit.aicc < best.aicc)) {
          best = fit;
        }
      }
    }
    if (best == null) {
      throw new Unfit(
          y.length < least
              ? y.length + " steps are too few for exponential smoothing, " + least + " are needed"
              : "no form of exponential smoothing suits the series");
    }
    return best;
  }

  /** A series of one value: it goes on, and nothing speaks against it. */
  private static EtsModel constant(double[] y, long seed) {
    Form form = Form.parse("ANN").orElseThrow();
    States states = new States(form, 1, 0, 0, 0, y[0], 0, new double[] {0}, 0);
    return new EtsModel(
        states, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, seed, new double[y.length]);
  }
}

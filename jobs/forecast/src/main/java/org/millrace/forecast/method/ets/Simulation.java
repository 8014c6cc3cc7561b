package org.millrace.forecast.method.ets;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.millrace.forecast.method.ets.Form.Component;

/** Paths that a model may take, with normal errors. */
final class Simulation {
  /** What a level, growth or seasonal ratio that must be positive may sink to. */
  private static final double LEAST = 1e-12;

  private final States states;
  private final RandomGenerator random;
  private final double deviation;
  private final double[] season;

  Simulation(States states, long seed) {
    this.states = states;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    deviation = Math.sqrt(states.variance());
    season = new double[states.season().length];
  }

  /** For each step the value of every path. */
  double[][] paths(int horizon, int paths) {
    double[][] values = new double[horizon][paths];
    for (int path = 0; path < paths; path++) {
      walk(values, path);
    }
    return values;
  }

  private void walk(double[][] values, int path) {
    Form form = states.form();
    boolean ratio = form.season() == Component.MULTIPLICATIVE;
    boolean growth = form.trend() == Component.MULTIPLICATIVE;
    double l = states.level();
    double b = states.trend();
    System.arraycopy(states.season(), 0, season, 0, season.length);
    for (int h = 0; h < values.length; h++) {
      int i = h % season.length;
      double s = form.hasSeason() ? season[i] : 0;
      double g = growth ? Math.pow(b, states.phi()) : states.phi() * b;
      double q = growth ? l * g : l + g;
      double f = ratio ? q * s : q + s;
      double noise = deviation * random.nextGaussian();
      double e = form.multiplicativeError() ? f * Math.max(-1, noise) : noise;
      values[h][path] = f + e;
      double u = ratio ? e / s : e;
      b = growth ? Math.max(LEAST, g + states.beta() * u / l) : g + states.beta() * u;
      l = q + states.alpha() * u;
      if (growth || ratio) {
        l = Math.max(LEAST, l);
      }
      double next = s + states.gamma() * (ratio ? e / q : e);
      season[i] = ratio ? Math.max(LEAST, next) : next;
    }
  }
}

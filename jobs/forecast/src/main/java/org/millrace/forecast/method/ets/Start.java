package org.millrace.forecast.method.ets;

/** Where the search for the initial states begins, and in which units it walks. */
final class Start {
  final double level;
  final double trend;
  final double[] season;
  double levelUnit;
  double trendUnit;
  double seasonUnit;

  private Start(double level, double trend, double[] season) {
    this.level = level;
    this.trend = trend;
    this.season = season;
  }

  /**
   * The way of R's {@code ets} (Hyndman et al. 2008, section 2.6.1): seasons from a decomposition
   * of the whole series, then the mean or a line of the first seasons without them.
   *
   * @param y positive where the form needs it
   */
  static Start of(Form form, double[] y, int m) {
    boolean ratio = form.season() == Form.Component.MULTIPLICATIVE;
    double[] season = form.hasSeason() ? Seasons.of(y, m, ratio) : new double[] {0};
    int head = Math.min(y.length, Math.max(10, 2 * m));
    double[] adjusted = new double[head];
    for (int t = 0; t < head; t++) {
      double s = season[t % m];
      adjusted[t] = ratio ? y[t] / s : y[t] - s;
    }
    Line line = Line.through(adjusted, head);
    return switch (form.trend()) {
      case NONE -> new Start(line.mean(), 0, season);
      case ADDITIVE -> new Start(line.at(-1), line.slope(), season);
      case MULTIPLICATIVE -> growing(line, adjusted, season);
    };
  }

  private static Start growing(Line line, double[] adjusted, double[] season) {
    double first = line.at(0);
    double growth = line.at(1) / first;
    if (first > 0 && growth > 0.01) {
      return new Start(first / growth, growth, season);
    }
    double mean = line.mean();
    return new Start(mean > 0 ? mean : Math.max(adjusted[0], 1e-3), 1, season);
  }

  /** Sets the units by the deviation of the one-step errors. */
  void units(Form form, double deviation) {
    levelUnit = deviation / 2;
    trendUnit =
        form.trend() == Form.Component.MULTIPLICATIVE
            ? deviation / 20 / Math.max(level, deviation)
            : deviation / 20;
    seasonUnit =
        form.season() == Form.Component.MULTIPLICATIVE
            ? deviation / 3 / Math.max(level, deviation)
            : deviation / 3;
  }
}

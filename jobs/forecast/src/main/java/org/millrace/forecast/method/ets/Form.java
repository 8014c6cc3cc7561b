package org.millrace.forecast.method.ets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an exponential smoothing model is made of, in the taxonomy of Hyndman, Koehler, Snyder and
 * Grose (2002): ETS(error, trend, season).
 *
 * @param error additive or multiplicative
 * @param damped the trend fades; only with a trend
 */
public record Form(Component error, Component trend, boolean damped, Component season) {

  /** How a component enters. */
  public enum Component {
    NONE("N"),
    ADDITIVE("A"),
    MULTIPLICATIVE("M");

    private final String letter;

    Component(String letter) {
      this.letter = letter;
    }

    private static Component of(String letter) {
      return switch (letter) {
        case "N" -> NONE;
        case "A" -> ADDITIVE;
        default -> MULTIPLICATIVE;
      };
    }
  }

  private static final Pattern LETTERS = Pattern.compile("([AM])([NAM])(d?)([NAM])");

  public Form {
    if (error == Component.NONE || (damped && trend == Component.NONE)) {
      throw new IllegalArgumentException("no such form");
    }
  }

  /** Reads letters such as {@code AAdN}: error, trend, d where damped, season. */
  public static Optional<Form> parse(String letters) {
    Matcher parts = LETTERS.matcher(letters);
    if (!parts.matches() || letters.startsWith("Nd", 1)) {
      return Optional.empty();
    }
    return Optional.of(
        new Form(
            Component.of(parts.group(1)),
            Component.of(parts.group(2)),
            !parts.group(3).isEmpty(),
            Component.of(parts.group(4))));
  }

  /**
   * The forms that the automatic choice looks at, as R's {@code ets}: those without an infinite
   * variance or numerical trouble (Hyndman et al. 2008, section 2.7), a multiplicative trend only
   * where it is asked for.
   */
  static List<Form> candidates(boolean positive, boolean seasonal, boolean multiplicativeTrend) {
    List<Form> forms = new ArrayList<>();
    for (String letters :
        List.of(
            "ANN", "AAN", "AAdN", "MNN", "MAN", "MAdN", "MMN", "MMdN", "ANA", "AAA", "AAdA", "MNA",
            "MAA", "MAdA", "MNM", "MAM", "MAdM", "MMM", "MMdM")) {
      Form form = parse(letters).orElseThrow();
      if ((positive || !form.needsPositive())
          && (seasonal || form.season == Component.NONE)
          && (multiplicativeTrend || form.trend != Component.MULTIPLICATIVE)) {
        forms.add(form);
      }
    }
    return forms;
  }

  boolean multiplicativeError() {
    return error == Component.MULTIPLICATIVE;
  }

  boolean hasTrend() {
    return trend != Component.NONE;
  }

  boolean hasSeason() {
    return season != Component.NONE;
  }

  /** Whether some component multiplies: zeros and negative values have no place there. */
  boolean needsPositive() {
    return multiplicativeError()
        || trend == Component.MULTIPLICATIVE
        || season == Component.MULTIPLICATIVE;
  }

  /** Smoothing parameters and free initial states. */
  int parameters(int period) {
    return 2 + (hasTrend() ? 2 : 0) + (damped ? 1 : 0) + (hasSeason() ? period : 0);
  }

  @Override
  public String toString() {
    return "ETS("
        + error.letter
        + ","
        + trend.letter
        + (damped ? "d" : "")
        + ","
        + season.letter
        + ")";
  }
}

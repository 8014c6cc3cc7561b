package org.millrace.forecast.series;

/** Says why nothing can be made of a series. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rule rule;

  public Refused(Rule rule, String reason) {
    super(reason, null, false, false);
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }

  /** What rows and series must be. */
  public enum Rule {
    ROW_DUPLICATE("row.duplicate", "the only row of its series and time, or equal to the others"),
    SERIES_DUPLICATE("series.duplicate", "a series with one value at each time"),
    SERIES_FREQUENCY(
        "series.frequency",
        "a series whose times lie on one calendar, a step each; see layout.frequency and layout.within-step"),
    SERIES_GAPS(
        "series.gaps",
        "a series without more gaps than layout.gaps and layout.max-gap-share allow"),
    SERIES_EMPTY("series.empty", "a series with at least one value"),
    SERIES_FAILED("series.failed", "a series of which the last fallback can make a forecast");

    private final String id;
    private final String accepted;

    Rule(String id, String accepted) {
      this.id = id;
      this.accepted = accepted;
    }

    /** As rejects and reports name it. */
    public String id() {
      return id;
    }

    /** To follow "must be". */
    public String accepted() {
      return accepted;
    }

    /** Whether it is about a whole series. */
    public boolean ofSeries() {
      return this != ROW_DUPLICATE;
    }
  }
}

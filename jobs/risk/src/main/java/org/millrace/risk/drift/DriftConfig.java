package org.millrace.risk.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.millrace.config.Check;
import org.millrace.risk.features.ColumnKind;

/**
 * How far rows may lie from those that a model was trained on, and what happens beyond.
 *
 * @param limit greatest population stability index
 * @param missingLimit greatest change of the share of rows where a column is missing
 * @param leastRows fewer are not judged
 * @param ignore columns that are told of and not judged
 * @param history whether the index is judged of columns of the history of time series too
 */
public record DriftConfig(
    Action action,
    double limit,
    double missingLimit,
    long leastRows,
    List<String> ignore,
    boolean history) {

  /** What happens beyond the limits. */
  public enum Action {
    /** Nothing is judged. */
    NONE,
    WARN,
    REFUSE
  }

  /** Of a normal variable: what it exceeds in 1 of 10,000 samples, on either side. */
  private static final double DEVIATIONS =
      new NormalDistribution().inverseCumulativeProbability(1 - Psi.RARE / 2);

  public DriftConfig {
    Check.that(limit > 0, "limit", limit, "a number above 0");
    Check.that(
        missingLimit > 0 && missingLimit <= 1,
        "missing-limit",
        missingLimit,
        "a number above 0, to 1");
    Check.that(leastRows >= 1, "least-rows", leastRows, "at least 1");
    ignore = List.copyOf(ignore);
  }

  /** Whether a column is held against the limits. */
  public boolean judges(ColumnDrift drift) {
    return action != Action.NONE && drift.rows() >= leastRows && !ignore.contains(drift.column());
  }

  /** Whether its index is too, and not only where it is missing. */
  public boolean judgesIndex(ColumnDrift drift) {
    // Time goes on: that rows are newer than those of training says nothing.
    boolean moves = drift.baseline().kind() == ColumnKind.TIME;
    boolean wanders = drift.baseline().history() && !history;
    return judges(drift) && !moves && !wanders;
  }

  /**
   * What is beyond a limit, and beyond what chance explains; empty where nothing is.
   *
   * @return a sentence without its full stop
   */
  public Optional<String> finding(ColumnDrift drift) {
    if (!judges(drift)) {
      return Optional.empty();
    }
    List<String> beyond = new ArrayList<>();
    if (isMissingBeyond(drift)) {
      beyond.add(
          told(
              "is missing in %.1f %% of %d rows, and was in %.1f %% of the baseline's"
                  + " (missing-limit %s)",
              100 * drift.missingNow(), drift.rows(), 100 * drift.missingBefore(), missingLimit));
    }
    // Of a column without any value the index says nothing more.
    boolean nothing = !beyond.isEmpty() && drift.missingNow() == 1;
    if (judgesIndex(drift) && isShiftBeyond(drift) && !nothing) {
      beyond.add(shift(drift));
    }
    return beyond.isEmpty()
        ? Optional.empty()
        : Optional.of("column " + drift.column() + " " + String.join("; it ", beyond));
  }

  private String shift(ColumnDrift drift) {
    String unseen =
        drift.unseenRate() > 0
            ? told(
                "; %.1f %% of rows have levels that training had not, such as %s",
                100 * drift.unseenRate(), String.join(", ", drift.unseen()))
            : "";
    return told(
        "has a population stability index of %.3f (limit %s; by chance %.3f)%s",
        drift.psi(), limit, drift.psiByChance(), unseen);
  }

  private boolean isShiftBeyond(ColumnDrift drift) {
    return drift.psi() > Math.max(limit, drift.psiRarelyByChance());
  }

  private boolean isMissingBeyond(ColumnDrift drift) {
    double before = drift.baseline().rows();
    double now = drift.rows();
    double pooled = (drift.missingBefore() * before + drift.missingNow() * now) / (before + now);
    double byChance = DEVIATIONS * Math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / now));
    double change = Math.abs(drift.missingNow() - drift.missingBefore());
    return change > Math.max(missingLimit, byChance);
  }

  @com.google.errorprone.annotations.FormatMethod
  private static String told(String sentence, Object... values) {
    return String.format(Locale.ROOT, sentence, values);
  }
}

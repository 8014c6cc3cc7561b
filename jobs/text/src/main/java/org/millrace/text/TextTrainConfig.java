package org.millrace.text;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Holdout;
import org.millrace.job.GateCheck;
import org.millrace.language.Analysis;
import org.millrace.language.Refused;
import org.millrace.model.Gate;
import org.millrace.table.TableRef;
import org.millrace.text.classify.Candidate;

/**
 * The keys of {@link TextTrain}; defaults and meanings are in {@code reference.conf}.
 *
 * @param text column with the texts
 * @param label column with the classes
 * @param folds of the choice among candidates, 2..20
 * @param metric that chooses
 */
public record TextTrainConfig(
    TableRef examples,
    String text,
    String label,
    Analysis analysis,
    Refused checks,
    List<Candidate> candidates,
    int folds,
    String metric,
    Holdout.Fraction holdout,
    FinalFit finalFit,
    long seed,
    Optional<Gate> gate) {

  /** What the published model is learnt from. */
  public enum FinalFit {
    /** All rows, those that were held out with them. */
    ALL,
    /** The rows that were not held out. */
    TRAIN
  }

  public TextTrainConfig {
    Check.that(!text.isBlank(), "text", text, "the name of a column");
    Check.that(!label.isBlank() && !label.equals(text), "label", label, "another column");
    Check.that(!candidates.isEmpty(), "candidates", candidates, "one or more");
    Check.that(folds >= 2 && folds <= 20, "folds", folds, "2..20");
    List<String> names = ClassificationTally.names();
    Check.that(names.contains(metric), "metric", metric, "one of " + String.join(", ", names));
    GateCheck.that(gate, names);
    candidates = List.copyOf(candidates);
  }
}

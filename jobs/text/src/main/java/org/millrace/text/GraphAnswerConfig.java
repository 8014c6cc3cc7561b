package org.millrace.text;

import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.table.TableRef;

/**
 * The keys of {@link GraphAnswer}; defaults and meanings are in {@code reference.conf}.
 *
 * @param output the published table's name
 * @param separator between the relations of a path
 * @param inverse before a relation that is walked from tail to head
 * @param limit answers of a question
 */
public record GraphAnswerConfig(
    TableRef triples,
    TableRef questions,
    String output,
    String separator,
    String inverse,
    int limit,
    Optional<Predict> predict) {

  /**
   * Answers by a model, where facts leave room.
   *
   * @param atMost predicted answers of a question
   * @param modelVersion empty for the current one
   */
  public record Predict(int atMost, Optional<String> modelVersion) {
    public Predict {
      Check.that(atMost >= 1 && atMost <= 10_000, "at-most", atMost, "a whole number in 1..10000");
    }
  }

  public GraphAnswerConfig {
    Check.that(
        output.matches("[a-z0-9][a-z0-9_-]*"),
        "output",
        output,
        "small letters, digits, - and _, such as family-answers");
    Check.that(!separator.isBlank(), "separator", separator, "one or more characters");
    Check.that(!inverse.isBlank(), "inverse", inverse, "one or more characters");
    Check.that(limit >= 1 && limit <= 1_000_000, "limit", limit, "a whole number in 1..1000000");
  }
}

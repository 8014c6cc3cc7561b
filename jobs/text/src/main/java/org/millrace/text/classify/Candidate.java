package org.millrace.text.classify;

import org.millrace.language.TextVectors;

/** A way to tell classes of texts that may be chosen. */
public record Candidate(TextVectors vectors, Learner learner) {

  public String describe() {
    return "%s on %s".formatted(learner.describe(), vectors.describe());
  }
}

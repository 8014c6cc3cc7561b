package org.millrace.model;

/** Whether a model may become the current one, and why: a sentence with the numbers in it. */
public sealed interface GateVerdict {

  String sentence();

  record Passed(String sentence) implements GateVerdict {}

  record Refused(String sentence) implements GateVerdict {}

  static GateVerdict of(boolean passed, String sentence) {
    return passed ? new Passed(sentence) : new Refused(sentence);
  }

  default boolean passed() {
    return this instanceof Passed;
  }

  /** Passes where both do; the sentence tells both. */
  default GateVerdict and(GateVerdict other) {
    return of(passed() && other.passed(), sentence() + "; " + other.sentence());
  }
}

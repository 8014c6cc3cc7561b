package org.millrace.deep.train;

/** The ranks have lost each other; a new attempt may succeed. Its message is for the operator. */
final class CollectiveFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CollectiveFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

package org.millrace.deep.train;

/** The driver wants no more of this attempt. */
final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}

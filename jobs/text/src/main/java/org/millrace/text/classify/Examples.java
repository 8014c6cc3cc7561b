package org.millrace.text.classify;

/** Columns of rows to learn from. */
public final class Examples {
  /** The text. */
  public static final String TEXT = "__text";

  /** The class, a double from 0. */
  public static final String LABEL = "__label";

  /** Which fold predicts the row, an int from 0. */
  public static final String FOLD = "__fold";

  /** MLlib's vector of the text. */
  public static final String VECTOR = "__vector";

  private Examples() {}
}

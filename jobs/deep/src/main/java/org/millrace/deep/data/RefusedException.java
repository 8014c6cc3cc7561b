package org.millrace.deep.data;

import com.google.errorprone.annotations.FormatMethod;

/** Ends the encoding of a row of which nothing can be made. Cheap: it carries no stack trace. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  private RefusedException(Refusal refusal) {
    super(refusal.reason(), null, false, false);
    this.refusal = refusal;
  }

  @FormatMethod
  static RefusedException of(Refusal.Rule rule, String reason, Object... values) {
    return new RefusedException(new Refusal(rule, reason.formatted(values)));
  }

  Refusal refusal() {
    return refusal;
  }
}

package org.millrace.deep.data;

/** What becomes of a row. */
public sealed interface Encoded {

  /**
   * An example.
   *
   * @param record as {@link RecordLayout} tells
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares examples.
  record Example(byte[] record) implements Encoded {}

  /** No example. */
  record Refused(Refusal refusal) implements Encoded {}
}

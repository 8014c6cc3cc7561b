package org.millrace.deep.data;

import java.io.Serializable;
import java.util.TreeMap;

/** What a task that writes examples reports. A class, since Kryo does not know records. */
final class WrittenPart implements Serializable {
  private static final long serialVersionUID = 1L;

  final String examples;
  final String refusals;

  /** By the rules' ids. */
  final TreeMap<String, Long> refused = new TreeMap<>();

  long records;

  /** Of the files that the task makes, if it has something to write there. */
  WrittenPart(String examples, String refusals) {
    this.examples = examples;
    this.refusals = refusals;
  }
}

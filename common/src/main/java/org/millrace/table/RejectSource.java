package org.millrace.table;

import java.util.List;

/** Where rows were refused: an input against its contract, or a job's own refusal. */
public sealed interface RejectSource permits CheckedTable, RefusedRows {

  /** The files in which tasks left the rejected rows. */
  List<String> rejectFiles();

  /** How many rows they hold. */
  long rejected();
}

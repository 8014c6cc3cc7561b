package org.millrace.table;

import java.util.List;

/** Where rows were refused: an input against its contract, or a job's own refusal. */
public sealed interface RejectSource permits CheckedTable, RefusedRows, JudgedRows {

  /** The logs in which tasks left the rejected rows; see {@link RejectLog}. */
  List<String> rejectLogs();

  /** How many rows they hold. */
  long rejected();
}

package org.millrace.risk;

/** Which rows of a table are scored. */
public enum ScoredPart {
  /** Every row. */
  ALL,
  /** Of time series only the rows whose label the table does not tell: what is yet to come. */
  OPEN
}

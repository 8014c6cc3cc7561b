package org.millrace.recommend.input;

/** What the published model is fitted on, after it was measured without the held-out rows. */
public enum FinalFit {
  /** All rows. */
  ALL,
  /** The rows that were not held out. */
  TRAIN
}

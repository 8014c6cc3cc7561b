package org.millrace.deep.train;

/**
 * Hears of a training while it runs, on a thread of its own, some seconds late. What a restarted
 * training does a second time is told once.
 */
public interface TrainingListener {
  default void window(Window window) {}

  default void epoch(Epoch epoch) {}

  /** The ranks start again, from the newest checkpoint or anew. */
  default void restarted(String reason) {}
}

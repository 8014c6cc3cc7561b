package org.millrace.observe;

import java.io.IOException;
import org.millrace.report.RunReport;

/** Somebody outside who is told of a run. */
interface Watcher {

  /** Who, in words. */
  String name();

  /** Told after each step of a job; must be quick. */
  default void progressed(RunReport soFar) {}

  /** Told once, when {@code run.json} has its end. */
  default void ended(RunReport report) throws IOException {}
}

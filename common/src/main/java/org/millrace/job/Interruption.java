package org.millrace.job;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.millrace.outcome.ExitCode;

/**
 * What a run does when its process is told to stop (SIGTERM, SIGINT): says so in a sentence and in
 * {@code run.json}, before Spark is torn down under the tasks. Nothing more is published; the lock
 * stays and is recognised as a dead run's.
 */
final class Interruption {
  /** Before Spark's hooks, which are at 50 and below. */
  private static final int PRIORITY = 100;

  private final Runnable hook;

  private Interruption(Runnable hook) {
    this.hook = hook;
  }

  /** From now on a signal ends the run in order. */
  static Interruption watch(RunFolder folder, PrintStream out) {
    Runnable hook = () -> stop(folder, out);
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
    return new Interruption(hook);
  }

  private static void stop(RunFolder folder, PrintStream out) {
    String sentence =
        "the process was told to stop (a signal); nothing more was published; run again to finish";
    try {
      silence();
      if (folder.end(new Failure(ExitCode.FAILED, sentence, false)).isPresent()) {
        out.println();
        out.println(sentence);
        out.flush();
      }
    } catch (IOException e) {
      out.println(sentence + " (and run.json could not be written: " + e.getMessage() + ")");
    }
  }

  /** What Spark complains of while it is torn down is for the log file. */
  private static void silence() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    var root = context.getConfiguration().getRootLogger();
    for (Appender appender : List.copyOf(root.getAppenders().values())) {
      if (appender instanceof ConsoleAppender) {
        root.removeAppender(appender.getName());
      }
    }
    context.updateLoggers();
  }

  /** The run has ended by itself. */
  void forget() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}

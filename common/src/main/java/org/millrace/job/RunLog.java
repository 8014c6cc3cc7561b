package org.millrace.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * The run's log file. Written into the run's folder where that is on this machine's disk; elsewhere
 * into a temporary file that is copied there when the run ends.
 */
final class RunLog implements AutoCloseable {
  static final String FILE = "run.log";

  private final org.apache.hadoop.fs.Path target;
  private final FileSystem fs;
  private final Path local;
  private final FileAppender appender;
  private final boolean copy;

  private RunLog(
      org.apache.hadoop.fs.Path target,
      FileSystem fs,
      Path local,
      FileAppender appender,
      boolean copy) {
    this.target = target;
    this.fs = fs;
    this.local = local;
    this.appender = appender;
    this.copy = copy;
  }

  /** Lines of words. */
  static StringLayout text(Configuration configuration) {
    return PatternLayout.newBuilder()
        .withConfiguration(configuration)
        .withPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5p %c{1}: %m%n%ex")
        .build();
  }

  /** Begins to log into a run's folder, which exists. */
  static RunLog open(
      org.apache.hadoop.fs.Path runFolder,
      FileSystem fs,
      Function<Configuration, StringLayout> layout)
      throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(runFolder, FILE);
    boolean onDisk = "file".equals(target.toUri().getScheme());
    Path local =
        onDisk ? Path.of(target.toUri().getPath()) : Files.createTempFile("millrace", ".log");
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration configuration = context.getConfiguration();
    FileAppender appender =
        FileAppender.newBuilder()
            .setName("millrace-" + runFolder.getName())
            .withFileName(local.toString())
            .setLayout(layout.apply(configuration))
            .setConfiguration(configuration)
            .build();
    appender.start();
    configuration.addAppender(appender);
    configuration.getRootLogger().addAppender(appender, Level.INFO, null);
    context.updateLoggers();
    return new RunLog(target, fs, local, appender, !onDisk);
  }

  /** Writes a stack trace to the file alone: on the terminal it would bury the sentence. */
  void trace(String sentence, Throwable thrown) {
    try {
      appender.append(
          Log4jLogEvent.newBuilder()
              .setLoggerName(Runner.class.getName())
              .setLevel(Level.ERROR)
              .setMessage(new SimpleMessage(sentence))
              .setThrown(thrown)
              .build());
    } catch (AppenderLoggingException e) {
      // The disk is full, or gone: the sentence on the terminal has to do.
    }
  }

  org.apache.hadoop.fs.Path path() {
    return target;
  }

  @Override
  public void close() throws IOException {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    context.getConfiguration().getRootLogger().removeAppender(appender.getName());
    context.updateLoggers();
    try {
      appender.stop();
    } catch (AppenderLoggingException e) {
      // What was not flushed is lost with the disk.
    }
    if (copy) {
      fs.copyFromLocalFile(true, true, new org.apache.hadoop.fs.Path(local.toUri()), target);
    }
  }
}

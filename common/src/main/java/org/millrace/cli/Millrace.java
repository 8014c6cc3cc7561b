package org.millrace.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.millrace.job.Version;
import org.millrace.job.Warmup;
import org.millrace.outcome.Stop;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: one command each, sentences instead of stack traces for what an operator can
 * mend.
 */
@Command(
    name = "millrace",
    description = "Spark jobs that train models and score tables, each from one use-case file.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Millrace.CodeVersion.class,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      JobsCommand.class,
      DescribeCommand.class,
      KeygenCommand.class
    })
public final class Millrace implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  static final class CodeVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"millrace " + Version.ofCode()};
    }
  }

  /** Runs a command and returns its exit code. */
  public static int execute(String... arguments) {
    return execute(new PrintWriter(System.err, true, Charset.defaultCharset()), arguments);
  }

  /**
   * As {@link #execute(String...)}.
   *
   * @param err where sentences for the operator go that end it before a run has begun
   */
  public static int execute(PrintWriter err, String... arguments) {
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Warmup.begin();
    }
    return commandLine(new Millrace()).setErr(err).execute(arguments);
  }

  /** A command line on which every {@link Stop} is a sentence and an exit code. */
  public static CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (thrown, line, parsed) -> {
              if (thrown instanceof Stop stop) {
                PrintWriter err = line.getErr();
                err.println(stop.getMessage());
                err.flush();
                return stop.exitCode().code();
              }
              throw thrown;
            });
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
  }
}

package org.millrace.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.millrace.cli.InputContracts;
import org.millrace.cli.Millrace;
import org.millrace.cli.UseCaseOptions;
import org.millrace.job.Jobs;
import org.millrace.outcome.Stop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What {@code submit/millrace} starts: checks the use case, and leaves the command that the script
 * then becomes. Commands that need no Spark are done here.
 */
public final class Launcher {
  private static final List<String> SUBMITTED = List.of("run", "validate");

  private Launcher() {}

  /** Ends with the command's exit code. */
  public static void main(String[] arguments) {
    boolean submitted = arguments.length > 0 && SUBMITTED.contains(arguments[0]);
    System.exit(
        submitted
            ? Millrace.commandLine(new Submitted(arguments))
                .execute(Arrays.copyOfRange(arguments, 1, arguments.length))
            : Millrace.execute(arguments));
  }

  /** A command that runs on Spark. */
  @Command(
      name = "millrace run",
      mixinStandardHelpOptions = true,
      description = "Submit a use case (run), or check it and its input tables (validate).")
  private static final class Submitted implements Callable<Integer> {
    private final String[] typed;

    @Mixin private UseCaseOptions options;

    @Option(
        names = "--profile",
        paramLabel = "NAME",
        defaultValue = "cpu",
        description = "Sizes and JVM options: the file conf/spark/NAME.properties.")
    private String profile;

    @Option(
        names = "--dry-run",
        description =
            "Print the configuration with the origin of each value, and the spark-submit line; start nothing.")
    private boolean dryRun;

    Submitted(String[] typed) {
      this.typed = typed;
    }

    @Override
    public Integer call() throws IOException {
      options.useEnvironmentByDefault("local");
      Jobs.Bound bound = options.bind();
      options.date();
      InputContracts.check(bound, UseCaseOptions.contracts(bound));
      Path sparkHome = Path.of(property("millrace.spark.home"));
      SubmitLine line =
          SubmitLine.of(
                  UseCaseOptions.home(),
                  profile,
                  bound.settings().spark(),
                  Path.of(property("millrace.jar")),
                  familyJars(bound),
                  mainArguments())
              .startingFrom(sparkHome.resolve("millrace.jsa"));
      Path submit = sparkHome.resolve("bin/spark-submit");
      if (dryRun) {
        PrintStream out = System.out;
        out.println("# configuration, each value with its origin");
        bound.layers().lines(path -> true).forEach(out::println);
        out.println("# command");
        out.println(line.shown(Files.isExecutable(submit) ? submit.toString() : "spark-submit"));
        return 0;
      }
      List<String> command = new ArrayList<>();
      if (Files.isExecutable(submit)) {
        command.add(submit.toString());
        command.addAll(line.sparkSubmitArguments());
      } else {
        command.addAll(javaCommand(line.sparkSubmitArguments()));
      }
      Files.writeString(Path.of(property("millrace.plan")), String.join("\0", command) + "\0");
      return 0;
    }

    /** Jars other than Millrace's own that hold a step's job. */
    private static List<Path> familyJars(Jobs.Bound bound) {
      Path main = Path.of(property("millrace.jar")).toAbsolutePath().normalize();
      return bound.steps().stream()
          .map(step -> jarOf(step.job().getClass()))
          .filter(jar -> !jar.equals(main))
          .distinct()
          .toList();
    }

    private static Path jarOf(Class<?> job) {
      try {
        return Path.of(job.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toAbsolutePath()
            .normalize();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    /** What was typed, less what only concerns the launch, with the environment named. */
    private List<String> mainArguments() {
      List<String> arguments = new ArrayList<>();
      for (int i = 0; i < typed.length; i++) {
        if (typed[i].equals("--profile")) {
          i++;
        } else if (!typed[i].startsWith("--profile=") && !typed[i].equals("--dry-run")) {
          arguments.add(typed[i]);
        }
      }
      if (arguments.stream().noneMatch(a -> a.equals("--env") || a.startsWith("--env="))) {
        arguments.addAll(List.of("--env", options.environment().orElseThrow()));
      }
      return arguments;
    }

    /**
     * The java command that a bin/spark-submit would make, for a runtime that has the jars only.
     * Spark's own builder makes it; its main class prints it NUL-separated.
     */
    private static List<String> javaCommand(List<String> arguments) {
      List<String> launcher = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
      launcher.addAll(arguments);
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      PrintStream stdout = System.out;
      try {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        var main =
            Class.forName("org.apache.spark.launcher.Main")
                .getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) launcher.toArray(String[]::new));
      } catch (ReflectiveOperationException e) {
        throw Stop.failed("the spark-submit line cannot be made: %s", String.valueOf(e.getCause()))
            .because(e);
      } finally {
        System.setOut(stdout);
      }
      return Arrays.stream(printed.toString(StandardCharsets.UTF_8).split("\0"))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .toList();
    }

    private static String property(String name) {
      String value = System.getProperty(name);
      if (value == null) {
        throw Stop.usage("%s is not set; start this through submit/millrace", name);
      }
      return value;
    }
  }
}

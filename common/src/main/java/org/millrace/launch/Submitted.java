package org.millrace.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.millrace.cli.InputContracts;
import org.millrace.cli.UseCaseOptions;
import org.millrace.job.Jobs;
import org.millrace.job.RunName;
import org.millrace.launch.Target.Watch;
import org.millrace.outcome.Stop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that runs on Spark. */
@Command(
    name = "millrace run",
    mixinStandardHelpOptions = true,
    description = "Submit a use case (run), or check it and its input tables (validate).")
final class Submitted implements Callable<Integer> {
  private final String[] typed;

  @Mixin private UseCaseOptions options;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "Sizes and JVM options: the file conf/spark/NAME.properties.")
  private String profile;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of the run, such as films-20260131T120000Z-3f2c1a; a new one by default.")
  private String runId;

  @Option(
      names = "--dry-run",
      description =
          "Print the configuration with the origin of each value, the spark-submit line and, for"
              + " Kubernetes, the manifest; start nothing.")
  private boolean dryRun;

  Submitted(String[] typed) {
    this.typed = typed;
  }

  @Override
  public Integer call() throws IOException {
    options.useEnvironmentByDefault("local");
    Jobs.Bound bound = options.bind();
    InputContracts.check(bound, options.contractsFor(bound));
    Request request = request(bound);
    boolean run = typed[0].equals("run");
    Target target = run ? Target.of(request.properties()) : new OneMachine();
    if (run) {
      target.check(request);
    }
    Path staged = Staging.newFolder();
    boolean kept = false;
    try {
      SubmitLine line = target.line(request, staged);
      if (dryRun) {
        show(bound, request, line, target);
        return 0;
      }
      target.stage(request, staged);
      List<String> command =
          JavaCommand.sparkSubmit(request.sparkHome(), line.sparkSubmitArguments());
      if (target.watch() != Watch.NONE) {
        order(request, line, target, command).write(staged);
        command = JavaCommand.own(Follow.class, staged.toString());
        kept = true;
      }
      Files.writeString(Path.of(property("millrace.plan")), String.join("\0", command) + "\0");
      return 0;
    } finally {
      if (!kept) {
        Staging.remove(staged);
      }
    }
  }

  private Request request(Jobs.Bound bound) {
    String useCase = bound.settings().useCase();
    RunName name = runId == null ? RunName.next(useCase) : RunName.parse(useCase, runId);
    Path home = UseCaseOptions.home().toAbsolutePath();
    SubmitLine line =
        SubmitLine.of(
            home,
            profile,
            bound.settings().spark(),
            Path.of(property("millrace.jar")),
            familyJars(bound),
            mainArguments());
    if (typed[0].equals("validate")) {
      line = onThisMachine(line);
    }
    Path sparkHome = Path.of(property("millrace.spark.home"));
    return new Request(bound, options.date(), options.steps(), name, line, home, sparkHome);
  }

  /**
   * To check a use case needs the cluster's tables and none of its machines: this one does it, with
   * as many slots as would be asked for.
   */
  private static SubmitLine onThisMachine(SubmitLine line) {
    Map<String, String> properties = new TreeMap<>(line.properties());
    if (Target.of(properties) instanceof OneMachine) {
      return line;
    }
    int slots = Math.max(1, Sizes.of(properties).slots());
    properties.keySet().removeIf(key -> key.contains(".resource.gpu."));
    properties.remove("spark.submit.deployMode");
    properties.put("spark.master", "local[" + slots + "]");
    return line.withProperties(properties);
  }

  private static Order order(
      Request request, SubmitLine line, Target target, List<String> command) {
    // With secrets that the line does not show: the root may ask for them.
    Map<String, String> properties = new TreeMap<>(request.properties());
    properties.putAll(line.properties());
    return new Order(
        request.run().id(),
        request.run().stamp(),
        request.settings().root(),
        properties,
        target.watch() == Watch.END,
        request.settings().startWithin().toSeconds(),
        command);
  }

  private static void show(Jobs.Bound bound, Request request, SubmitLine line, Target target) {
    PrintStream out = System.out;
    out.println("# configuration, each value with its origin");
    bound.layers().lines(path -> true).forEach(out::println);
    out.println("# command");
    Path script = JavaCommand.script(request.sparkHome());
    out.println(line.shown(Files.isExecutable(script) ? script.toString() : "spark-submit"));
    out.print(target.manifest(request));
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

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw Stop.usage("%s is not set; start this through submit/millrace", name);
    }
    return value;
  }
}

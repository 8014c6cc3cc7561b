package org.millrace.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Layers;
import org.millrace.config.StagedUseCase;
import org.millrace.job.Jobs;
import org.millrace.model.StagedKeys;
import org.millrace.outcome.Stop;
import org.millrace.table.Contracts;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The use case that a command is about, and what the command line says over it. */
public final class UseCaseOptions {
  @Parameters(index = "0", paramLabel = "USE_CASE.conf", description = "The use-case file.")
  private Path useCase;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Publish under this folder instead of the one in the configuration.")
  private String root;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "Environment: the file conf/env/NAME.conf lies under the use-case file.")
  private String environment;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Set a key over all files; may be repeated.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--step",
      paramLabel = "JOB",
      description = "Run this step of the use case only; may be repeated.")
  private List<String> steps = new ArrayList<>();

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "The date of the partitions that are published; today (UTC) by default.")
  private String date;

  /** Reads all layers and makes every record; keys that were sent along are found. */
  public Jobs.Bound bind() {
    Layers layers = Layers.read(useCase, environmentFile(), sets, Optional.ofNullable(root));
    Jobs.Bound bound = Jobs.onClasspath().bind(layers, steps);
    return StagedUseCase.is(useCase)
        ? bound.withModels(StagedKeys.arrived(bound.settings().models(), stagedFolder()))
        : bound;
  }

  private Path stagedFolder() {
    return useCase.toAbsolutePath().getParent();
  }

  /** The date of the run. */
  public LocalDate date() {
    if (date == null) {
      return LocalDate.now(ZoneOffset.UTC);
    }
    try {
      return LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw Stop.usage("--date %s: accepted: a date as YYYY-MM-DD, such as 2026-01-31", date)
          .because(e);
    }
  }

  private Optional<Path> environmentFile() {
    if (environment == null) {
      return Optional.empty();
    }
    Path folder = home().resolve("conf/env");
    Path file = folder.resolve(environment + ".conf");
    if (!Files.isRegularFile(file)) {
      String known = "none";
      if (Files.isDirectory(folder)) {
        try (var files = Files.list(folder)) {
          known =
              files
                  .map(f -> f.getFileName().toString())
                  .filter(f -> f.endsWith(".conf"))
                  .map(f -> f.replaceFirst("\\.conf$", ""))
                  .sorted()
                  .reduce((a, b) -> a + ", " + b)
                  .orElse("none");
        } catch (java.io.IOException e) {
          known = "unreadable: " + e.getMessage();
        }
      }
      throw Stop.usage("--env %s: accepted, by the files in %s: %s", environment, folder, known);
    }
    return Optional.of(file);
  }

  /** Takes an environment where none was given. */
  public void useEnvironmentByDefault(String name) {
    if (environment == null) {
      environment = name;
    }
  }

  /** The steps that were named; none for all. */
  public List<String> steps() {
    return List.copyOf(steps);
  }

  /** The environment's name, if one was given. */
  public Optional<String> environment() {
    return Optional.ofNullable(environment);
  }

  /**
   * Where contracts are looked for: the use case's own folder first, then Millrace's; before both,
   * in a driver that a cluster started, what was sent with the use case.
   */
  public Contracts contractsFor(Jobs.Bound bound) {
    List<Path> folders = new ArrayList<>(contractFolders(bound));
    if (StagedUseCase.is(useCase)) {
      folders.add(0, stagedFolder());
    }
    return new Contracts(folders);
  }

  /** Where contracts are looked for on this machine. */
  public static Contracts contracts(Jobs.Bound bound) {
    return new Contracts(contractFolders(bound));
  }

  /** Folders of contracts on this machine, the first of which counts. */
  public static List<Path> contractFolders(Jobs.Bound bound) {
    List<Path> folders = new ArrayList<>();
    bound.settings().dataSchemas().map(Path::of).ifPresent(folders::add);
    folders.add(home().resolve("data-schemas"));
    return folders;
  }

  /** Where Millrace is installed: the folder that holds conf and data-schemas. */
  public static Path home() {
    String home = System.getProperty("millrace.home", System.getenv("MILLRACE_HOME"));
    return Path.of(home == null ? "" : home);
  }
}

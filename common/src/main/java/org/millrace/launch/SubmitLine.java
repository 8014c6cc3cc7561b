package org.millrace.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.millrace.config.Layers;
import org.millrace.outcome.Stop;

/**
 * The spark-submit line of a command: properties of the profile, under those of the configuration,
 * under what the launcher itself needs.
 */
record SubmitLine(
    Map<String, String> properties, String jar, List<String> families, List<String> arguments) {
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";

  /**
   * Puts a line together.
   *
   * @param spark the configuration's {@code spark} block, without the prefix
   * @param families jars of job families that go with the main one
   * @param arguments what follows the jar
   */
  static SubmitLine of(
      Path home,
      String profile,
      Map<String, String> spark,
      Path jar,
      List<Path> families,
      List<String> arguments) {
    Map<String, String> properties = new TreeMap<>(profile(home, profile));
    spark.forEach((key, value) -> properties.put("spark." + key, value));
    if (!families.isEmpty()) {
      nativeLibraries(properties);
    }
    return new SubmitLine(
        properties,
        jar.toString(),
        families.stream().map(Path::toString).toList(),
        List.copyOf(arguments));
  }

  /**
   * The same line for a driver that is this process, on whose terminal the run's own words stand.
   */
  SubmitLine withDriverHere(Path home) {
    Map<String, String> here = new TreeMap<>(properties);
    Path console = home.resolve("conf/log4j2/console.properties");
    here.merge(
        DRIVER_OPTIONS,
        "-Dlog4j2.configurationFile=" + console.toUri(),
        (own, logging) -> own + " " + logging);
    if ("1".equals(System.getenv("MILLRACE_TERMINAL"))) {
      here.putIfAbsent("spark.ui.showConsoleProgress", "true");
    }
    return new SubmitLine(here, jar, families, arguments);
  }

  SubmitLine withProperties(Map<String, String> others) {
    return new SubmitLine(new TreeMap<>(others), jar, families, arguments);
  }

  SubmitLine withArguments(List<String> others) {
    return new SubmitLine(properties, jar, families, List.copyOf(others));
  }

  /** The same line with the jars where they are on the cluster's machines. */
  SubmitLine withJars(UnaryOperator<String> place) {
    return new SubmitLine(
        properties, place.apply(jar), families.stream().map(place).toList(), arguments);
  }

  /** A task has a core, so its libraries have one thread; the executor's memory is their limit. */
  private static void nativeLibraries(Map<String, String> properties) {
    properties.putIfAbsent("spark.executorEnv.OMP_NUM_THREADS", "1");
    OffHeap.of(properties)
        .ifPresent(
            limits ->
                properties.merge(
                    EXECUTOR_OPTIONS,
                    limits.javaOptions(),
                    (own, options) ->
                        own.contains("javacpp.maxbytes") ? own : own + " " + options));
  }

  private static Map<String, String> profile(Path home, String profile) {
    Path folder = home.resolve("conf/spark");
    Path file = folder.resolve(profile + ".properties");
    if (!Files.isRegularFile(file)) {
      throw Stop.usage(
          "--profile %s: accepted, by the files in %s: %s", profile, folder, known(folder));
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", file, e.getMessage()).because(e);
    }
    return read.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, read::getProperty));
  }

  private static String known(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".properties"))
          .map(f -> f.replaceFirst("\\.properties$", ""))
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      return "none";
    }
  }

  /** The same line, faster where the run is local. */
  SubmitLine startingFrom(Path archive) {
    return new SubmitLine(
        LocalStart.over(properties, Path.of(jar), archive), jar, families, arguments);
  }

  /** What spark-submit is given. */
  List<String> sparkSubmitArguments() {
    List<String> line = new ArrayList<>(List.of("--class", "org.millrace.Main"));
    Map<String, String> rest = new TreeMap<>(properties);
    line.addAll(List.of("--master", rest.getOrDefault("spark.master", "local[*]")));
    rest.remove("spark.master");
    String deployMode = rest.remove("spark.submit.deployMode");
    if (deployMode != null) {
      line.addAll(List.of("--deploy-mode", deployMode));
    }
    if (!families.isEmpty()) {
      Stream<String> own = Stream.ofNullable(rest.remove("spark.jars"));
      line.addAll(
          List.of(
              "--jars", Stream.concat(own, families.stream()).collect(Collectors.joining(","))));
    }
    rest.forEach((key, value) -> line.addAll(List.of("--conf", key + "=" + value)));
    line.add(jar);
    line.addAll(arguments);
    return line;
  }

  /** Also in {@code --set=key=value}, where the key is not in front. */
  private static String covered(String part) {
    for (int end = part.indexOf('='); end > 0; end = part.indexOf('=', end + 1)) {
      if (Layers.isSecret(part.substring(0, end))) {
        return part.substring(0, end) + "=*****";
      }
    }
    return part;
  }

  /** The line for people: quoted for a shell, secrets covered. */
  String shown(String sparkSubmit) {
    List<String> parts = new ArrayList<>(List.of(sparkSubmit));
    for (String part : sparkSubmitArguments()) {
      String text = covered(part);
      parts.add(
          text.matches("[A-Za-z0-9_@%+=:,./\\[\\]*-]+") && !text.matches(".*[\\[*].*")
              ? text
              : "'" + text.replace("'", "'\\''") + "'");
    }
    return String.join(" ", parts);
  }
}

package org.millrace.launch;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.millrace.outcome.Stop;

/** How spark-submit is started. */
final class JavaCommand {
  private JavaCommand() {}

  /** By its script, or, for a runtime that has the jars only, as a java command. */
  static List<String> sparkSubmit(Path sparkHome, List<String> arguments) {
    Path script = script(sparkHome);
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(script)) {
      command.add(script.toString());
      command.addAll(arguments);
    } else {
      command.addAll(made(arguments));
    }
    return command;
  }

  static Path script(Path sparkHome) {
    return sparkHome.resolve("bin/spark-submit");
  }

  /** A class of the launcher in a JVM of its own, with the same classpath and logging. */
  static List<String> own(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Spark's own builder makes the command; its main class prints it NUL-separated. */
  private static List<String> made(List<String> arguments) {
    List<String> launcher = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    launcher.addAll(arguments);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      var main =
          Class.forName("org.apache.spark.launcher.Main").getDeclaredMethod("main", String[].class);
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
}

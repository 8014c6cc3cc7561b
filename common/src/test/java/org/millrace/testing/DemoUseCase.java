package org.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A use case of the demonstration jobs, with its table, in a folder. */
public record DemoUseCase(Path folder, Path file, Path root) {
  public static final String DATE = "2026-01-31";

  /** Writes the use case; {@code $numbers} in the text is the path of a table of three numbers. */
  public static DemoUseCase in(Path folder, String... lines) {
    try {
      Path numbers = folder.resolve("numbers.csv");
      Files.writeString(numbers, "id,amount\na,1\nb,2\nc,3\n", UTF_8);
      Path file = Files.writeString(folder.resolve("demo.conf"), "use-case = demo\n", UTF_8);
      return new DemoUseCase(folder, file, folder.resolve("root")).also(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds lines to the file. */
  public DemoUseCase also(String... lines) {
    try {
      String path = "\"" + folder.resolve("numbers.csv") + "\"";
      String more = String.join("\n", lines).replace("$numbers", path) + "\n";
      Files.writeString(file, more, UTF_8, StandardOpenOption.APPEND);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with another root. */
  public DemoUseCase under(Path otherRoot) {
    return new DemoUseCase(folder, file, otherRoot);
  }

  /** Other rows in the table. */
  public DemoUseCase numbers(String... rows) {
    try {
      Files.writeString(
          folder.resolve("numbers.csv"), "id,amount\n" + String.join("\n", rows) + "\n", UTF_8);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it for {@value #DATE}. */
  public CommandResult run(String... options) {
    return runOn(DATE, options);
  }

  /** Runs it for a date. */
  public CommandResult runOn(String date, String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", file.toString()));
    arguments.addAll(List.of("--root", root.toString(), "--date", date));
    arguments.addAll(List.of("--set", "spark.master=local[2]"));
    arguments.addAll(Arrays.asList(options));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** A published partition of {@value #DATE}. */
  public Path partition(String table) {
    return root.resolve(table).resolve("ds=" + DATE);
  }
}

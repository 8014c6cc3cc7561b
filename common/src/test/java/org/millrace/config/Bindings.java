package org.millrace.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.millrace.outcome.Stop;

/** Binds texts as if they stood in files. */
final class Bindings {
  private static final String PATH = "demo.job";

  private Bindings() {}

  /** A block and its defaults, each as the text inside the braces. */
  static Layers layers(String user, String reference) {
    return new Layers(block("use.conf", user), block("defaults.conf", reference));
  }

  private static Config block(String name, String text) {
    try {
      Path folder = Files.createTempDirectory("bindings");
      Path file = folder.resolve(name);
      Files.writeString(file, PATH + " {\n" + text + "\n}\n", UTF_8);
      Config config =
          ConfigFactory.parseFile(file.toFile(), ConfigParseOptions.defaults()).resolve();
      Files.delete(file);
      Files.delete(folder);
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record; a problem fails the test. */
  static <R extends Record> R bound(Class<R> type, String user, String reference) {
    Problems problems = new Problems();
    Optional<R> record = new Binder(problems).bind(type, PATH, layers(user, reference));
    problems.throwIfAny();
    return record.orElseThrow();
  }

  static <R extends Record> R bound(Class<R> type, String user) {
    return bound(type, user, "");
  }

  /** The sentences, without the folders of the files and without the path of the block. */
  static List<String> problems(Class<? extends Record> type, String user, String reference) {
    Problems problems = new Problems();
    Optional<?> record = new Binder(problems).bind(type, PATH, layers(user, reference));
    if (record.isPresent() == problems.isEmpty()) {
      try {
        problems.throwIfAny();
        return List.of();
      } catch (Stop stop) {
        if (record.isPresent()) {
          // A record may be made beside an unknown key; the command still ends.
          return sentences(stop);
        }
      }
    }
    try {
      problems.throwIfAny();
    } catch (Stop stop) {
      return sentences(stop);
    }
    throw new AssertionError("there is neither a record nor a problem");
  }

  static List<String> problems(Class<? extends Record> type, String user) {
    return problems(type, user, "");
  }

  private static List<String> sentences(Stop stop) {
    return stop.getMessage()
        .lines()
        .map(s -> s.replaceAll("[^ ]*/(use|defaults)\\.conf", "$1.conf").replace(PATH + ".", ""))
        .toList();
  }
}

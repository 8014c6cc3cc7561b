package org.millrace.config;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.millrace.outcome.Stop;

/**
 * All that is wrong with a configuration: a sentence each, so that a user mends a file once and not
 * key by key.
 */
public final class Problems {
  private final List<String> sentences = new ArrayList<>();

  /**
   * A value that is not accepted; names the file, the line, the key, the value and what is
   * accepted.
   */
  void badValue(String path, ConfigValue value, String accepted) {
    String shown = Layers.isSecret(path) ? "*****" : value.render();
    sentences.add(
        "%s: %s is %s; accepted: %s"
            .formatted(Layers.place(value.origin()), path, shown, accepted));
  }

  /** A key that does not exist. */
  public void unknownKey(ConfigValue value, String path, Collection<String> accepted) {
    sentences.add(
        "%s: there is no key %s; accepted here: %s"
            .formatted(
                Layers.place(value.origin()),
                path,
                accepted.stream().sorted().collect(Collectors.joining(", "))));
  }

  /** A step that is not a job. */
  public void unknownJob(Layers layers, String step, Collection<String> jobs) {
    sentences.add(
        "%s: steps names %s, which is no job; accepted: %s"
            .formatted(
                Layers.place(layers.merged().getValue("steps").origin()),
                step,
                String.join(", ", jobs)));
  }

  /** Whether a key of the top level is one of {@link Settings}, not a family of jobs. */
  public static boolean isSetting(String key) {
    return Arrays.stream(Settings.class.getRecordComponents())
        .anyMatch(c -> Kinds.key(c.getName()).equals(key));
  }

  void add(String sentence) {
    sentences.add(sentence);
  }

  public boolean isEmpty() {
    return sentences.isEmpty();
  }

  /**
   * Ends the command where there are problems.
   *
   * @throws Stop exit 2, with all sentences
   */
  public void throwIfAny() {
    if (!sentences.isEmpty()) {
      throw Stop.usage("%s", String.join(System.lineSeparator(), sentences));
    }
  }
}

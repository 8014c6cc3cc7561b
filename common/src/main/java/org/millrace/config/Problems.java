package org.millrace.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.millrace.outcome.Stop;

/**
 * All that is wrong with a configuration: a sentence each, so that a user mends a file once and not
 * key by key.
 */
public final class Problems {
  private final List<String> sentences = new ArrayList<>();
  private final List<String> unknownKeys = new ArrayList<>();

  /**
   * A value that is not accepted; names the file, the line, the key, the value and what is
   * accepted.
   */
  void badValue(String path, ConfigValue value, String accepted) {
    sentences.add(
        "%s: %s is %s; accepted: %s"
            .formatted(Place.of(value.origin()), path, shown(path, value), accepted));
  }

  private static String shown(String path, ConfigValue value) {
    if (value instanceof ConfigObject && !Secrets.isSecret(path)) {
      return "a block { ... }";
    } else if (value instanceof ConfigList list && !list.stream().allMatch(Scalars::isScalar)) {
      return "a list [ ... ]";
    }
    return Secrets.cover(path, value).render(ConfigRenderOptions.concise());
  }

  /** A dotted name of a map that stands in quotes in one place and without them in another. */
  void writtenTwice(String path, ConfigValue one, ConfigValue other) {
    List<String> places =
        Stream.of(one, other).map(value -> Place.of(value.origin())).sorted().toList();
    sentences.add(
        "%s: %s is written here and at %s, once with quotes around a name with dots and once without;"
                .formatted(places.get(0), path, places.get(1))
            + " write it the same way in both places, so that one can come over the other");
  }

  /** A key that has neither a value nor a default. */
  void missing(ConfigOrigin block, String path, String accepted) {
    sentences.add("%s: %s is missing; accepted: %s".formatted(Place.of(block), path, accepted));
  }

  /**
   * A key that does not exist.
   *
   * @param accepted the keys of the same block, or whole paths
   */
  public void unknownKey(ConfigValue value, String path, Collection<String> accepted) {
    String sentence =
        "%s: there is no key %s%s; accepted here: %s"
            .formatted(
                Place.of(value.origin()),
                path,
                didYouMean(path, accepted),
                accepted.isEmpty()
                    ? "none"
                    : accepted.stream().sorted().collect(Collectors.joining(", ")));
    sentences.add(sentence);
    unknownKeys.add(sentence);
  }

  /** A step that is not a job. */
  public void unknownJob(Layers layers, String step, Collection<String> jobs) {
    sentences.add(
        "%s: steps names %s, which is no job%s; accepted: %s"
            .formatted(
                Place.of(layers.merged().getValue("steps").origin()),
                step,
                didYouMean(step, jobs),
                String.join(", ", jobs)));
  }

  /** {@code ; did you mean iterations?} or nothing, where nothing is near. */
  public static String didYouMean(String written, Collection<String> accepted) {
    String name = written;
    if (accepted.stream().noneMatch(a -> a.contains("."))) {
      try {
        List<String> keys = ConfigUtil.splitPath(written.replaceAll("\\[[0-9]+]", ""));
        name = keys.get(keys.size() - 1);
      } catch (com.typesafe.config.ConfigException e) {
        return "";
      }
    }
    String likeAKey = Kinds.key(name).replace('_', '-');
    LevenshteinDistance distance = new LevenshteinDistance();
    Optional<String> nearest =
        accepted.stream()
            .filter(a -> isNear(likeAKey, a))
            .min(
                Comparator.comparingInt((String a) -> distance.apply(likeAKey, a))
                    .thenComparing(Comparator.naturalOrder()));
    return nearest.map(a -> ", did you mean " + a + "?").orElse("");
  }

  /** A slip or two of the keyboard, swapped letters, or the beginning of a longer key. */
  private static boolean isNear(String written, String accepted) {
    int slips = Math.max(1, Math.min(3, written.length() / 3));
    return new LevenshteinDistance().apply(written, accepted) <= slips
        || Arrays.equals(written.chars().sorted().toArray(), accepted.chars().sorted().toArray())
        || accepted.startsWith(written + "-");
  }

  /** Whether a key of the top level is one of {@link Settings}, not a family of jobs. */
  public static boolean isSetting(String key) {
    return settings().contains(key);
  }

  /** The keys of {@link Settings}. */
  public static List<String> settings() {
    return Arrays.stream(Settings.class.getRecordComponents())
        .map(c -> Kinds.key(c.getName()))
        .toList();
  }

  void add(String sentence) {
    sentences.add(sentence);
  }

  /** Takes over which keys others found unknown, and nothing else of theirs. */
  public void addUnknownKeys(Problems others) {
    sentences.addAll(others.unknownKeys);
    unknownKeys.addAll(others.unknownKeys);
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

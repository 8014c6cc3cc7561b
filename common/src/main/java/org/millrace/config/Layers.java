package org.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.millrace.outcome.Stop;

/**
 * The configuration of a run by origin: {@code --set} over the use-case file over the environment's
 * file over the jobs' own {@code reference.conf}.
 *
 * @param user what people wrote, resolved
 * @param reference the jobs' defaults, resolved; a key without a default is null there
 */
public record Layers(Config user, Config reference) {
  /** As Spark's own {@code spark.redaction.regex}. */
  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.]?key");

  /**
   * Reads and resolves all layers.
   *
   * @param sets {@code key=value} each, in HOCON
   * @throws Stop exit 2 where a file is absent or is not HOCON, with its line
   */
  public static Layers read(Path useCase, Optional<Path> environment, List<String> sets) {
    Config user = ConfigFactory.empty();
    for (String set : sets) {
      user = parseSet(set).withFallback(user);
    }
    user = user.withFallback(parseFile(useCase));
    if (environment.isPresent()) {
      user = user.withFallback(parseFile(environment.get()));
    }
    Config reference = defaults();
    try {
      return new Layers(user.resolveWith(user.withFallback(reference).resolve()), reference);
    } catch (ConfigException e) {
      throw Stop.usage("%s", e.getMessage()).because(e);
    }
  }

  /** The defaults of all jobs on the classpath. */
  public static Config defaults() {
    return ConfigFactory.parseResources("reference.conf").resolve(ConfigResolveOptions.defaults());
  }

  private static Config parseFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Stop.usage(
          "%s: there is no such file (working directory %s)", file, Path.of("").toAbsolutePath());
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      throw Stop.usage("%s", e.getMessage()).because(e);
    }
  }

  private static Config parseSet(String set) {
    if (!set.contains("=")) {
      throw Stop.usage("--set %s: accepted: key=value, such as --set recommend.top-k.k=20", set);
    }
    try {
      return ConfigFactory.parseString(
          set, ConfigParseOptions.defaults().setOriginDescription("--set " + set));
    } catch (ConfigException e) {
      throw Stop.usage("--set %s: %s", set, e.getMessage()).because(e);
    }
  }

  /** What is in force: the user's values over the defaults. */
  public Config merged() {
    return user.withFallback(reference);
  }

  /** Each key in force with its value, secrets covered, and with where it was written. */
  public List<String> lines(java.util.function.Predicate<String> wanted) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    flatten("", merged().root(), leaves);
    List<String> lines = new ArrayList<>();
    leaves.forEach(
        (path, value) -> {
          if (wanted.test(path)) {
            String shown = isSecret(path) ? "\"*****\"" : value.render();
            lines.add("%s = %s  # %s".formatted(path, shown, place(value.origin())));
          }
        });
    return lines;
  }

  private static void flatten(
      String prefix, com.typesafe.config.ConfigObject object, Map<String, ConfigValue> leaves) {
    object.forEach(
        (key, value) -> {
          String path = (prefix.isEmpty() ? "" : prefix + ".") + ConfigUtil.joinPath(key);
          if (value instanceof com.typesafe.config.ConfigObject child && !child.isEmpty()) {
            flatten(path, child, leaves);
          } else {
            leaves.put(path, value);
          }
        });
  }

  /** Whether a key's value must not be shown. */
  public static boolean isSecret(String path) {
    return SECRET.matcher(path).find();
  }

  /**
   * SHA-256 of what is in force, secrets included, independent of the order and the place of the
   * keys.
   */
  public String hash() {
    String canonical = merged().root().render(com.typesafe.config.ConfigRenderOptions.concise());
    return DigestUtils.sha256Hex(canonical);
  }

  /** A file with its line, or what else a value comes from. */
  static String place(ConfigOrigin origin) {
    if (origin.filename() != null) {
      Path file = Path.of(origin.filename()).toAbsolutePath();
      Path here = Path.of("").toAbsolutePath();
      return (file.startsWith(here) ? here.relativize(file) : file) + ":" + origin.lineNumber();
    }
    if (origin.resource() != null) {
      return origin.resource() + ":" + origin.lineNumber();
    }
    return origin.description().replaceFirst(": [0-9]+$", "");
  }
}

package org.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  /** What a message begins with that was made of another exception's. */
  private static final Pattern JAVA = Pattern.compile("java\\.[\\w.]+: ");

  /**
   * Reads and resolves all layers.
   *
   * @param sets {@code key=value} each; the last one of a key counts
   * @throws Stop exit 2 where a file is absent or is not HOCON, with its line
   */
  public static Layers read(Path useCase, Optional<Path> environment, List<String> sets) {
    return read(useCase, environment, sets, Optional.empty());
  }

  /**
   * As {@link #read(Path, Optional, List)}.
   *
   * @param root what {@code --root} says
   */
  public static Layers read(
      Path useCase, Optional<Path> environment, List<String> sets, Optional<String> root) {
    Config user = ConfigFactory.empty();
    for (String set : sets) {
      user = SetOption.parse(set).withFallback(user);
    }
    if (root.isPresent()) {
      ConfigValue value = ConfigValueFactory.fromAnyRef(root.get(), "--root");
      user = user.withValue("root", value);
    }
    user =
        user.withFallback(
            StagedUseCase.is(useCase) ? StagedUseCase.read(present(useCase)) : parseFile(useCase));
    if (environment.isPresent()) {
      user = user.withFallback(parseFile(environment.get()));
    }
    Config reference = defaults();
    try {
      Config resolved = resolve(user, reference);
      // What is missing on the top level is missing from the use-case file.
      ConfigObject asUseCase =
          resolved.root().withOrigin(ConfigOriginFactory.newFile(useCase.toString()));
      return new Layers(asUseCase.toConfig(), reference);
    } catch (ConfigException e) {
      throw Stop.usage("%s", e.getMessage()).because(e);
    }
  }

  /**
   * The user's keys with their substitutions, which see the defaults too.
   *
   * <p>A block that is taken over from elsewhere, as in {@code known = ${recommend.ratings}},
   * brings the defaults of its old place with it: all that stands in the whole and is neither the
   * user's by itself nor the default of its own place.
   */
  private static Config resolve(Config user, Config reference) {
    Config resolved =
        user.resolve(ConfigResolveOptions.defaults().appendResolver(new Defaults(reference)));
    Map<String, ConfigValue> whole = new TreeMap<>();
    flatten("", user.withFallback(reference).resolve().root(), whole);
    for (Map.Entry<String, ConfigValue> leaf : whole.entrySet()) {
      ConfigValue own = at(reference, leaf.getKey());
      boolean takenOver = own == null || !own.origin().equals(leaf.getValue().origin());
      if (takenOver && at(resolved, leaf.getKey()) == null) {
        resolved = resolved.withValue(leaf.getKey(), leaf.getValue());
      }
    }
    return resolved;
  }

  /** Where a substitution looks when neither the users' files nor the environment have the key. */
  private record Defaults(Config reference) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String path) {
      return at(reference, path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this; // HOCON's own fallback finds nothing.
    }
  }

  /** The defaults of all jobs on the classpath. */
  public static Config defaults() {
    return ConfigFactory.parseResources("reference.conf").resolve(ConfigResolveOptions.defaults());
  }

  private static Path present(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Stop.usage(
          "%s: there is no such file (working directory %s)", file, Path.of("").toAbsolutePath());
    }
    return file;
  }

  private static Config parseFile(Path file) {
    try {
      // What a file includes is looked for in its folder, and a bare name has none.
      Path here = file.getParent() == null ? Path.of("").resolve(".").resolve(file) : file;
      return ConfigFactory.parseFile(
          present(here).toFile(),
          ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new StrictIncluder()));
    } catch (ConfigException.IO e) {
      throw Stop.usage(
              "%s: %s; a file that is included is looked for in the folder of the one that includes it",
              file, JAVA.matcher(e.getMessage()).replaceAll(""))
          .because(e);
    } catch (ConfigException e) {
      throw Stop.usage("%s", e.getMessage()).because(e);
    }
  }

  /** What is in force: the user's values over the defaults. */
  public Config merged() {
    return user.withFallback(reference);
  }

  /**
   * Only these keys of both layers: without the jobs that do not run, choices that were not taken
   * and optional blocks that nobody wrote.
   *
   * @param keys as {@link Binder#keys()} gives them
   */
  public Layers only(Set<String> keys) {
    return new Layers(only(keys, user), only(keys, reference));
  }

  private static Config only(Set<String> keys, Config config) {
    Config kept = ConfigFactory.empty();
    for (String key : keys) {
      ConfigValue value = at(config, key);
      if (value != null) {
        kept = kept.withValue(key, value);
      }
    }
    return kept;
  }

  /** A value, which may be an explicit null; Java's null where there is none. */
  static ConfigValue at(Config config, String path) {
    ConfigValue value = config.root();
    if (!path.isEmpty()) {
      for (String key : ConfigUtil.splitPath(path)) {
        value = value instanceof ConfigObject object ? object.get(key) : null;
      }
    }
    return value;
  }

  /** Each key in force with its value, secrets covered, and with where it was written. */
  public List<String> lines(Predicate<String> wanted) {
    List<String> lines = new ArrayList<>();
    leaves()
        .forEach(
            (path, value) -> {
              if (wanted.test(path)) {
                String shown = Secrets.cover(path, value).render(ConfigRenderOptions.concise());
                lines.add("%s = %s  # %s".formatted(path, shown, Place.of(value.origin())));
              }
            });
    return lines;
  }

  /** Each key in force that has a value, secrets covered, as plain Java values. */
  public Map<String, Object> shown() {
    Map<String, Object> shown = new TreeMap<>();
    leaves()
        .forEach(
            (path, value) -> {
              Object plain = Secrets.cover(path, value).unwrapped();
              if (plain != null) {
                shown.put(path, plain);
              }
            });
    return shown;
  }

  private Map<String, ConfigValue> leaves() {
    return flatten(merged());
  }

  /** Each leaf by its path. */
  static Map<String, ConfigValue> flatten(Config config) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    flatten("", config.root(), leaves);
    return leaves;
  }

  private static void flatten(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
    object.forEach(
        (key, value) -> {
          String path = (prefix.isEmpty() ? "" : prefix + ".") + ConfigUtil.joinPath(key);
          if (value instanceof ConfigObject child && !child.isEmpty()) {
            flatten(path, child, leaves);
          } else {
            leaves.put(path, value);
          }
        });
  }

  /** Whether a key's value must not be shown. */
  public static boolean isSecret(String path) {
    return Secrets.isSecret(path);
  }

  /**
   * SHA-256 of what is in force, secrets included, independent of the order and the place of the
   * keys and of quotes around values.
   */
  public String hash() {
    String canonical =
        leaves().entrySet().stream()
            .map(e -> e.getKey() + " = " + canonical(e.getValue()))
            .collect(Collectors.joining("\n"));
    return DigestUtils.sha256Hex(canonical);
  }

  private static String canonical(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return new TreeMap<>(object)
          .entrySet().stream()
              .map(e -> ConfigUtil.quoteString(e.getKey()) + " = " + canonical(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    } else if (value instanceof ConfigList list) {
      return list.stream().map(Layers::canonical).collect(Collectors.joining(", ", "[", "]"));
    }
    return Scalars.isScalar(value) ? ConfigUtil.quoteString(Scalars.text(value)) : "null";
  }
}

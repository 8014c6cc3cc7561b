package org.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.millrace.config.Binder;
import org.millrace.config.KeyDoc;
import org.millrace.config.Layers;
import org.millrace.config.Problems;
import org.millrace.job.Job;

/**
 * Holds a configuration record against its block in {@code reference.conf}: what is in the one is
 * in the other, every key has a meaning, and every key counts.
 */
public final class ReferenceDocs {
  private static final String BLOCK = "a block { ... }";
  private static final String CHOICE = "a choice";
  private static final String OPTIONAL = ", or absent";

  private static final String ELEMENT = "element";

  /** Whose block has it is a table's. */
  private static final String IN_TABLES_ALONE = "csv.encoding";

  /** Other values for the keys of a table's block that can not be made up from type and default. */
  private static final Map<String, String> OF_A_TABLE =
      Map.of(
          "contract", "other.v2",
          "formats", "{ at = epoch-millis }",
          "csv.delimiter", "\";\"",
          "csv.encoding", "ISO-8859-1",
          "csv.quote", "\"'\"",
          "csv.escape", "\"~\"");

  private final Class<? extends Record> type;
  private final String path;
  private final Config defaults;
  private final List<KeyDoc> keys;

  private ReferenceDocs(Class<? extends Record> type, String path, Config defaults) {
    this.type = type;
    this.path = path;
    this.defaults = defaults;
    this.keys = KeyDoc.of(type, path, defaults).stream().map(k -> renamed(k, relative(k))).toList();
  }

  private static KeyDoc renamed(KeyDoc key, String path) {
    return new KeyDoc(path, key.type(), key.defaultValue(), key.meaning());
  }

  public static ReferenceDocs of(Job<?> job) {
    return new ReferenceDocs(job.config(), job.name(), Layers.defaults());
  }

  /** For a record that is not a job's. */
  public static ReferenceDocs of(Class<? extends Record> type, String path, Config defaults) {
    return new ReferenceDocs(type, path, defaults);
  }

  private String relative(KeyDoc key) {
    return path.isEmpty() ? key.path() : key.path().substring(path.length() + 1);
  }

  /** Every component has a key with a meaning, and every key is a component. */
  public ReferenceDocs assertDocumented() {
    assertThat(keys.stream().filter(k -> k.meaning().isBlank()).map(KeyDoc::path))
        .as("keys of %s without a comment in reference.conf, under '%s'", type.getName(), path)
        .isEmpty();
    List<String> strays = new ArrayList<>();
    ConfigObject block = path.isEmpty() ? defaults.root() : defaults.getObject(path);
    Map<String, KeyDoc> byPath =
        keys.stream().collect(Collectors.toMap(KeyDoc::path, k -> k, (a, b) -> a));
    strays(block, "", byPath, strays);
    assertThat(strays)
        .as("keys of reference.conf, under '%s', that %s does not have", path, type.getName())
        .isEmpty();
    return this;
  }

  private static void strays(
      ConfigObject block, String prefix, Map<String, KeyDoc> byPath, List<String> strays) {
    block.forEach(
        (key, value) -> {
          String child = prefix + ConfigUtil.joinPath(key);
          KeyDoc doc = byPath.get(child);
          if (doc == null) {
            strays.add(child);
          } else if (isBlock(doc) && value instanceof ConfigObject inner) {
            strays(inner, child + ".", byPath, strays);
          } else if (isListOfBlocks(doc)
              && value instanceof ConfigList list
              && list.get(0) instanceof ConfigObject inner) {
            strays(inner, child + "[].", byPath, strays);
          }
        });
  }

  /**
   * Every key counts: with another value for it the record differs.
   *
   * @param base HOCON of a block with a value for each key that it needs and has no default
   * @param given other values, in HOCON, by key; where there is none, one is made up from the type
   *     and the default. Those of tables are known
   */
  public ReferenceDocs assertEachKeyCounts(String base, Map<String, String> given) {
    assertThat(keys.stream().map(KeyDoc::path)).containsAll(given.keySet());
    Map<String, String> values = ofTables();
    values.putAll(given);
    Record asGiven = bind(ConfigFactory.parseString(base), "the base");
    assertThat(bind(ConfigFactory.parseString(base), "the base again")).isEqualTo(asGiven);
    assertEachCounts(keys, base, values, this::bind);
    for (KeyDoc list : keys) {
      if (isListOfBlocks(list)) {
        assertEachKeyOfElementsCounts(list, base, values);
      }
    }
    return this;
  }

  private Map<String, String> ofTables() {
    Map<String, String> values = new HashMap<>();
    for (KeyDoc key : keys) {
      if (key.path().endsWith("." + IN_TABLES_ALONE)) {
        String table = key.path().substring(0, key.path().length() - IN_TABLES_ALONE.length());
        OF_A_TABLE.forEach((name, value) -> values.put(table + name, value));
      }
    }
    return values;
  }

  /** With lists of one element, in which one key after the other is another. */
  private void assertEachKeyOfElementsCounts(KeyDoc list, String base, Map<String, String> values) {
    String prefix = list.path() + "[]";
    List<KeyDoc> inner = new ArrayList<>();
    inner.add(new KeyDoc(ELEMENT, list.type().contains("kind") ? CHOICE : BLOCK, "", ""));
    keys.stream()
        .filter(k -> k.path().startsWith(prefix + "."))
        .forEach(k -> inner.add(renamed(k, k.path().replace(prefix, ELEMENT))));
    Map<String, String> innerValues =
        values.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix + "."))
            .collect(
                Collectors.toMap(e -> e.getKey().replace(prefix, ELEMENT), Map.Entry::getValue));
    Config around = ConfigFactory.parseString(base);
    String first = around.getList(list.path()).get(0).render();
    assertEachCounts(
        inner,
        ELEMENT + " = " + first,
        innerValues,
        (element, why) ->
            bind(
                around.withValue(
                    list.path(),
                    ConfigValueFactory.fromIterable(List.of(element.getObject(ELEMENT)))),
                why));
  }

  private void assertEachCounts(
      List<KeyDoc> keys,
      String base,
      Map<String, String> values,
      BiFunction<Config, String, Record> bind) {
    for (KeyDoc key : keys) {
      boolean inList = key.path().contains("[]");
      if (inList || isBlock(key) || (isKind(key) && !key.type().contains(", "))) {
        continue;
      }
      Config chosen = reaching(keys, key, base, values);
      ConfigValue other = other(key, chosen, values);
      Config changed =
          isKind(key)
              ? choose(keys, chosen, parent(key), String.valueOf(other.unwrapped()), values)
              : chosen.withValue(key.path(), other);
      assertThat(bind.apply(changed, key.path()))
          .as("with another %s: %s", key.path(), changed)
          .isNotEqualTo(bind.apply(chosen, key.path()));
    }
  }

  /** A base in which optional blocks around the key are there, and choices make it count. */
  private static Config reaching(
      List<KeyDoc> keys, KeyDoc key, String base, Map<String, String> values) {
    Config config = ConfigFactory.parseString(base);
    for (KeyDoc around : keys) {
      if (!key.path().startsWith(around.path() + ".") || !isBlock(around)) {
        continue;
      }
      if (around.type().endsWith(OPTIONAL) && !config.hasPath(around.path())) {
        config = config.withValue(around.path(), ConfigValueFactory.fromMap(Map.of()));
      }
      if (around.type().startsWith(CHOICE) && !parent(key).equals(around.path())) {
        String variant =
            ConfigUtil.splitPath(key.path().substring(around.path().length() + 1)).get(0);
        config = choose(keys, config, around.path(), variant, values);
      }
    }
    return config;
  }

  /** Parameters of the variant that the base had chosen would be refused. */
  private static Config choose(
      List<KeyDoc> keys, Config base, String choice, String variant, Map<String, String> values) {
    Config config = base;
    if (base.hasPath(choice)) {
      for (String key : base.getObject(choice).keySet()) {
        if (!key.equals(variant)) {
          config = config.withoutPath(choice + "." + ConfigUtil.joinPath(key));
        }
      }
    }
    config = config.withValue(choice + ".kind", ConfigValueFactory.fromAnyRef(variant));
    for (KeyDoc needed : keys) {
      if (needed.path().startsWith(choice + "." + variant + ".")
          && !needed.path().contains("[]")
          && needed.defaultValue().equals("required")
          && isChosen(keys, config, needed)
          && !config.hasPath(needed.path())) {
        config = config.withValue(needed.path(), other(needed, config, values));
      }
    }
    return config;
  }

  /** Whether every choice around the key is, or by default would be, made so that it counts. */
  private static boolean isChosen(List<KeyDoc> keys, Config config, KeyDoc key) {
    for (KeyDoc kind : keys) {
      String around = parent(kind) + ".";
      if (isKind(kind) && key.path().startsWith(around) && !key.equals(kind)) {
        String chosen =
            config.hasPath(kind.path())
                ? config.getString(kind.path())
                : kind.defaultValue().replace("\"", "");
        String variant = ConfigUtil.splitPath(key.path().substring(around.length())).get(0);
        if (!variant.equals(chosen)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isKind(KeyDoc key) {
    return key.path().endsWith(".kind");
  }

  private static String parent(KeyDoc key) {
    return key.path().contains(".") ? key.path().substring(0, key.path().lastIndexOf('.')) : "";
  }

  private static ConfigValue other(KeyDoc key, Config base, Map<String, String> values) {
    Object now = base.hasPath(key.path()) ? base.getAnyRef(key.path()) : null;
    String given = values.get(key.path());
    if (given != null) {
      ConfigValue value = parse(given);
      if (!value.unwrapped().equals(now)) {
        return value;
      }
    }
    return parse(
        madeUp(key, now == null ? key.defaultValue().replace("\"", "") : String.valueOf(now)));
  }

  private static ConfigValue parse(String value) {
    return ConfigFactory.parseString("v = " + value).root().get("v");
  }

  private static String madeUp(KeyDoc key, String now) {
    boolean none = now.equals("-") || now.equals("required");
    if (key.type().startsWith("a whole number")) {
      return none ? "3" : String.valueOf(Long.parseLong(now) + 1);
    } else if (key.type().startsWith("a number")) {
      return none || Double.parseDouble(now) == 0
          ? "0.5"
          : String.valueOf(Double.parseDouble(now) / 2);
    } else if (key.type().equals("true or false")) {
      return now.equals("true") ? "false" : "true";
    } else if (key.type().startsWith("a duration")) {
      return "12345 s";
    } else if (key.type().startsWith("a list [...] of a string")) {
      return "[made-up]";
    } else if (key.type().equals("a block { name = value ... }")) {
      return "{ made-up = made-up }";
    } else if (key.type().equals("a string")) {
      return none ? "made-up" : "\"" + now.replace("\\", "\\\\") + "-made-up\"";
    }
    return List.of(key.type().split(", ")).stream()
        .filter(constant -> !constant.equals(now))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("give another value of %s to try".formatted(key.path())));
  }

  private static boolean isListOfBlocks(KeyDoc key) {
    return key.type().startsWith("a list [...] of " + BLOCK)
        || key.type().startsWith("a list [...] of a block { kind = ... }");
  }

  private static boolean isBlock(KeyDoc key) {
    return key.type().startsWith(BLOCK) || key.type().startsWith(CHOICE);
  }

  private Record bind(Config block, String why) {
    Config user = path.isEmpty() ? block : block.atPath(path);
    Problems problems = new Problems();
    Record record = new Binder(problems).bind(type, path, new Layers(user, defaults)).orElse(null);
    try {
      problems.throwIfAny();
    } catch (org.millrace.outcome.Stop stop) {
      throw new AssertionError("for " + why + ": " + stop.getMessage(), stop);
    }
    return record;
  }
}

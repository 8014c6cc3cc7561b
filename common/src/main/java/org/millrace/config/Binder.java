package org.millrace.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes configuration records of HOCON, strictly: every key that a user writes must be a component
 * of the record, every component must have a value or a default, and the record's own constructor
 * must accept it. All problems are gathered.
 *
 * <p>A component named {@code maxRejectShare} is the key {@code max-reject-share}. A choice (a
 * sealed interface of records) is an object with the key {@code kind}, naming one of the records,
 * and an object for each of them with its parameters; parameters of a record that was not chosen
 * are refused. An {@code Optional} record is absent unless the user writes a key of it. A list of
 * blocks has no default; the one element that it has in the defaults is those of each element.
 */
public final class Binder {
  private final Problems problems;
  private final Set<String> keys = new TreeSet<>();

  public Binder(Problems problems) {
    this.problems = problems;
  }

  /**
   * Binds a block.
   *
   * @param path the block's path, such as {@code recommend.train-als}; empty for the whole
   *     configuration
   * @return empty where there were problems
   */
  public <R extends Record> Optional<R> bind(Class<R> type, String path, Layers layers) {
    ConfigValue user = Layers.at(layers.user(), path);
    ConfigValue reference = Layers.at(layers.reference(), path);
    return bind(type, path, layers.user().root().origin(), user, reference).map(type::cast);
  }

  /** The keys that made the records so far; a whole list or map is one key. */
  public Set<String> keys() {
    return Set.copyOf(keys);
  }

  /**
   * Binds one component.
   *
   * @param block where the user wrote the block that the component is in
   * @param user null where the user wrote nothing; an explicit null takes a default away
   */
  private Optional<Object> bind(
      Type type, String path, ConfigOrigin block, ConfigValue user, ConfigValue reference) {
    if (Kinds.isOptional(type)) {
      Type inner = Kinds.argument(type, 0);
      boolean onlyIfWritten =
          Kinds.isListOfBlocks(inner)
              || (inner instanceof Class<?> c && (c.isRecord() || Kinds.isChoice(c)));
      if (isNull(user) && (user != null || onlyIfWritten || isNull(reference))) {
        return Optional.of(Optional.empty());
      }
      int before = keys.size();
      Optional<Object> present = bind(inner, path, block, user, reference).map(Optional::of);
      if (keys.size() == before) {
        keys.add(path); // Present, and that is all it says.
      }
      return present;
    }
    if (user != null && isNull(user)) {
      problems.badValue(path, user, Kinds.describe(type));
      return Optional.empty();
    }
    if (type instanceof Class<?> c && c.isRecord()) {
      return record(c, path, block, user, reference);
    }
    if (type instanceof Class<?> c && Kinds.isChoice(c)) {
      return choice(c, path, block, user, reference);
    }
    if (Kinds.isMap(type)) {
      return map(type, path, user, reference);
    }
    boolean hasDefault = !Kinds.isListOfBlocks(type);
    ConfigValue value = user == null && hasDefault ? reference : user;
    if (isNull(value)) {
      problems.missing(block, path, Kinds.describe(type));
      return Optional.empty();
    }
    keys.add(path);
    return Kinds.isList(type)
        ? list(type, path, value, hasDefault ? null : Kinds.sample(path, reference))
        : scalar(type, path, value);
  }

  private Optional<Object> record(
      Class<?> type, String path, ConfigOrigin block, ConfigValue user, ConfigValue reference) {
    Map<String, ConfigValue> given = object(path, user, "a block { ... }");
    Map<String, ConfigValue> defaults = object(path, reference, "a block { ... }");
    if (given == null || defaults == null) {
      return Optional.empty();
    }
    RecordComponent[] components = type.getRecordComponents();
    Set<String> known =
        Arrays.stream(components).map(c -> Kinds.key(c.getName())).collect(Collectors.toSet());
    unknownKeys(path, given, known);
    ConfigOrigin here = user == null ? block : user.origin();
    Object[] arguments = new Object[components.length];
    boolean complete = true;
    for (int i = 0; i < components.length; i++) {
      String key = Kinds.key(components[i].getName());
      Optional<Object> argument =
          bind(
              components[i].getGenericType(),
              Kinds.join(path, key),
              here,
              given.get(key),
              defaults.get(key));
      complete &= argument.isPresent();
      arguments[i] = argument.orElse(null);
    }
    return complete
        ? new RecordMaker(problems, user, reference).make(type, path, arguments)
        : Optional.empty();
  }

  private void unknownKeys(String path, Map<String, ConfigValue> given, Set<String> known) {
    given.forEach(
        (key, value) -> {
          boolean elsewhere = path.isEmpty() && value.valueType() == ConfigValueType.OBJECT;
          if (!known.contains(key) && !elsewhere) {
            problems.unknownKey(value, Kinds.join(path, key), known);
          }
        });
  }

  private Optional<Object> choice(
      Class<?> type, String path, ConfigOrigin block, ConfigValue user, ConfigValue reference) {
    Map<String, ConfigValue> given = object(path, user, "a block { kind = ... }");
    Map<String, ConfigValue> defaults = object(path, reference, "a block { kind = ... }");
    if (given == null || defaults == null) {
      return Optional.empty();
    }
    Map<String, Class<?>> variants = Kinds.variants(type);
    ConfigValue kind = given.getOrDefault("kind", defaults.get("kind"));
    String accepted = String.join(", ", variants.keySet());
    if (kind == null || (isNull(kind) && !given.containsKey("kind"))) {
      problems.missing(user == null ? block : user.origin(), Kinds.join(path, "kind"), accepted);
      return Optional.empty();
    }
    keys.add(Kinds.join(path, "kind"));
    Class<?> chosen = Scalars.isScalar(kind) ? variants.get(Scalars.text(kind)) : null;
    if (chosen == null) {
      problems.badValue(Kinds.join(path, "kind"), kind, accepted);
      return Optional.empty();
    }
    Set<String> known = new HashSet<>(variants.keySet());
    known.add("kind");
    unknownKeys(path, given, known);
    String name = Kinds.variant(chosen);
    given.forEach(
        (key, value) -> {
          // A null takes a block away that another file has, so that the kind can be changed.
          if (variants.containsKey(key) && !key.equals(name) && !isNull(value)) {
            problems.add(
                "%s: %s has no effect, since %s is %s; remove it, or set the kind to %s"
                    .formatted(
                        Place.of(value.origin()),
                        Kinds.join(path, key),
                        Kinds.join(path, "kind"),
                        name,
                        key));
          }
        });
    ConfigOrigin here = user == null ? block : user.origin();
    return bind(chosen, Kinds.join(path, name), here, given.get(name), defaults.get(name));
  }

  private Optional<Object> map(Type type, String path, ConfigValue user, ConfigValue reference) {
    Map<String, ConfigValue> given = object(path, user, Kinds.describe(type));
    Map<String, ConfigValue> defaults = object(path, reference, Kinds.describe(type));
    if (given == null || defaults == null) {
      return Optional.empty();
    }
    keys.add(path);
    Map<String, ConfigValue> leaves = new TreeMap<>();
    Map<String, ConfigValue> written = new TreeMap<>();
    leaves(path, defaults, leaves);
    if (!leaves(path, given, written)) {
      return Optional.empty();
    }
    written.forEach(
        (key, value) -> {
          if (isNull(value)) {
            leaves.remove(key);
          } else {
            leaves.put(key, value);
          }
        });
    leaves.values().removeIf(Binder::isNull);
    Map<String, Object> values = new TreeMap<>();
    leaves.forEach(
        (key, value) ->
            scalar(Kinds.argument(type, 1), path + "." + key, value)
                .ifPresent(v -> values.put(key, v)));
    return values.size() == leaves.size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  /**
   * A dotted name is one name of the map, whether HOCON nests it or it stands in quotes. HOCON
   * itself takes the two for different names, so that nobody could tell which of them counts.
   *
   * @return false, after a problem was noted, where a name is there in both ways
   */
  private boolean leaves(
      String path, Map<String, ConfigValue> block, Map<String, ConfigValue> leaves) {
    boolean once = true;
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      once &= leaves(path, entry.getKey(), entry.getValue(), leaves);
    }
    return once;
  }

  private boolean leaves(
      String path, String key, ConfigValue value, Map<String, ConfigValue> leaves) {
    if (value instanceof ConfigObject object) {
      boolean once = true;
      for (Map.Entry<String, ConfigValue> child : object.entrySet()) {
        once &= leaves(path, key + "." + child.getKey(), child.getValue(), leaves);
      }
      return once;
    }
    ConfigValue other = leaves.put(key, value);
    if (other != null) {
      problems.writtenTwice(path + "." + key, other, value);
    }
    return other == null;
  }

  /**
   * @param defaults of each element; null where there are none
   */
  private Optional<Object> list(Type type, String path, ConfigValue value, ConfigValue defaults) {
    if (!(value instanceof ConfigList list)) {
      problems.badValue(path, value, Kinds.describe(type));
      return Optional.empty();
    }
    Binder binder = new Binder(problems); // The list is one key: those inside are not told apart.
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      ConfigValue element = list.get(i);
      binder
          .bind(Kinds.argument(type, 0), path + "[" + i + "]", value.origin(), element, defaults)
          .ifPresent(elements::add);
    }
    return elements.size() == list.size() ? Optional.of(List.copyOf(elements)) : Optional.empty();
  }

  private Optional<Object> scalar(Type type, String path, ConfigValue value) {
    Optional<Object> converted =
        type instanceof Class<?> c && Scalars.isScalar(value)
            ? Scalars.convert(c, value)
            : Optional.empty();
    if (converted.isEmpty()) {
      problems.badValue(path, value, Kinds.describe(type));
    }
    return converted;
  }

  /**
   * Null (after a problem was noted) where the value is not an object; empty where it is absent.
   */
  private Map<String, ConfigValue> object(String path, ConfigValue value, String accepted) {
    if (isNull(value)) {
      return Map.of();
    }
    if (value instanceof ConfigObject object) {
      return object;
    }
    problems.badValue(path, value, accepted);
    return null;
  }

  private static boolean isNull(ConfigValue value) {
    return value == null || value.valueType() == ConfigValueType.NULL;
  }
}

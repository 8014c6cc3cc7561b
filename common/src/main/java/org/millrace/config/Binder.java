package org.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes configuration records of HOCON, strictly: every key that a user writes must be a component
 * of the record, every component must have a value or a default, and the record's own constructor
 * must accept it. All problems are gathered.
 *
 * <p>A component named {@code maxRejectShare} is the key {@code max-reject-share}. A choice (a
 * sealed interface of records) is an object with the key {@code kind}, naming one of the records,
 * and an object for each of them with its parameters; parameters of a record that was not chosen
 * are refused. An {@code Optional} record is absent unless the user writes a key of it.
 */
public final class Binder {
  private final Problems problems;

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
    ConfigValue user = at(layers.user(), path);
    ConfigValue reference = at(layers.reference(), path);
    return bind(type, path, user, reference).map(type::cast);
  }

  private static ConfigValue at(Config config, String path) {
    if (path.isEmpty()) {
      return config.root();
    }
    return config.hasPathOrNull(path) && !config.getIsNull(path) ? config.getValue(path) : null;
  }

  private Optional<Object> bind(Type type, String path, ConfigValue user, ConfigValue reference) {
    if (isOptional(type)) {
      Type inner = argument(type, 0);
      boolean block = inner instanceof Class<?> c && (c.isRecord() || c.isSealed());
      ConfigValue given = isNull(user) ? (block ? null : reference) : user;
      if (isNull(given)) {
        return Optional.of(Optional.empty());
      }
      return bind(inner, path, user, reference).map(Optional::of);
    }
    if (type instanceof Class<?> c && c.isRecord()) {
      return record(c, path, user, reference);
    }
    if (type instanceof Class<?> c && c.isSealed()) {
      return choice(c, path, user, reference);
    }
    if (isMap(type)) {
      return map(path, user, reference);
    }
    ConfigValue value = isNull(user) ? reference : user;
    if (isNull(value)) {
      problems.add("%s is missing; accepted: %s".formatted(path, Kinds.describe(type)));
      return Optional.empty();
    }
    return isList(type) ? list(type, path, value) : scalar(type, path, value);
  }

  private Optional<Object> record(
      Class<?> type, String path, ConfigValue user, ConfigValue reference) {
    Map<String, ConfigValue> given = object(path, user, "a block { ... }");
    Map<String, ConfigValue> defaults = object(path, reference, "a block { ... }");
    if (given == null || defaults == null) {
      return Optional.empty();
    }
    RecordComponent[] components = type.getRecordComponents();
    Set<String> known =
        Arrays.stream(components).map(c -> Kinds.key(c.getName())).collect(Collectors.toSet());
    unknownKeys(path, given, known);
    Object[] arguments = new Object[components.length];
    boolean complete = true;
    for (int i = 0; i < components.length; i++) {
      String key = Kinds.key(components[i].getName());
      Optional<Object> argument =
          bind(components[i].getGenericType(), join(path, key), given.get(key), defaults.get(key));
      complete &= argument.isPresent();
      arguments[i] = argument.orElse(null);
    }
    return complete ? construct(type, path, components, arguments, given, user) : Optional.empty();
  }

  private void unknownKeys(String path, Map<String, ConfigValue> given, Set<String> known) {
    given.forEach(
        (key, value) -> {
          boolean elsewhere = path.isEmpty() && value.valueType() == ConfigValueType.OBJECT;
          if (!known.contains(key) && !elsewhere) {
            problems.unknownKey(value, join(path, key), known);
          }
        });
  }

  private Optional<Object> construct(
      Class<?> type,
      String path,
      RecordComponent[] components,
      Object[] arguments,
      Map<String, ConfigValue> given,
      ConfigValue user) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(arguments));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Check.InvalidValue invalid) {
        ConfigValue value = given.get(invalid.key());
        String place = value == null ? "default" : Layers.place(value.origin());
        problems.add(
            "%s: %s is '%s'; accepted: %s"
                .formatted(place, join(path, invalid.key()), invalid.value(), invalid.accepted()));
      } else if (e.getCause() instanceof IllegalArgumentException invalid) {
        String place = user == null ? "default" : Layers.place(user.origin());
        problems.add("%s: %s: %s".formatted(place, path, invalid.getMessage()));
      } else {
        throw new IllegalStateException(e.getCause());
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Object> choice(
      Class<?> type, String path, ConfigValue user, ConfigValue reference) {
    Map<String, ConfigValue> given = object(path, user, "a block { kind = ... }");
    Map<String, ConfigValue> defaults = object(path, reference, "a block { kind = ... }");
    if (given == null || defaults == null) {
      return Optional.empty();
    }
    Map<String, Class<?>> variants = Kinds.variants(type);
    ConfigValue kind = given.getOrDefault("kind", defaults.get("kind"));
    String accepted = String.join(", ", variants.keySet());
    if (isNull(kind)) {
      problems.add("%s is missing; accepted: %s".formatted(join(path, "kind"), accepted));
      return Optional.empty();
    }
    Class<?> chosen = variants.get(String.valueOf(kind.unwrapped()));
    if (chosen == null) {
      problems.badValue(join(path, "kind"), kind, accepted);
      return Optional.empty();
    }
    Set<String> known = new HashSet<>(variants.keySet());
    known.add("kind");
    unknownKeys(path, given, known);
    String name = Kinds.variant(chosen);
    given.forEach(
        (key, value) -> {
          if (variants.containsKey(key) && !key.equals(name)) {
            problems.add(
                "%s: %s has no effect, since %s is %s; remove it, or set the kind to %s"
                    .formatted(
                        Layers.place(value.origin()),
                        join(path, key),
                        join(path, "kind"),
                        name,
                        key));
          }
        });
    return record(chosen, join(path, name), given.get(name), defaults.get(name));
  }

  private Optional<Object> map(String path, ConfigValue user, ConfigValue reference) {
    Map<String, ConfigValue> given = object(path, user, "a block { name = value ... }");
    Map<String, ConfigValue> defaults = object(path, reference, "a block { name = value ... }");
    if (given == null || defaults == null) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    defaults.forEach((key, value) -> leaves(key, value, values));
    given.forEach((key, value) -> leaves(key, value, values));
    return Optional.of(values);
  }

  private static void leaves(String key, ConfigValue value, Map<String, String> values) {
    if (value instanceof ConfigObject object) {
      object.forEach((child, v) -> leaves(key + "." + child, v, values));
    } else if (value.valueType() == ConfigValueType.NULL) {
      values.remove(key);
    } else {
      values.put(key, String.valueOf(value.unwrapped()));
    }
  }

  private Optional<Object> list(Type type, String path, ConfigValue value) {
    if (!(value instanceof ConfigList list)) {
      problems.badValue(path, value, Kinds.describe(type));
      return Optional.empty();
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      bind(argument(type, 0), path + "[" + i + "]", list.get(i), null).ifPresent(elements::add);
    }
    return elements.size() == list.size() ? Optional.of(List.copyOf(elements)) : Optional.empty();
  }

  private Optional<Object> scalar(Type type, String path, ConfigValue value) {
    Optional<Object> converted = Optional.empty();
    if (type instanceof Class<?> c
        && value.valueType() != ConfigValueType.OBJECT
        && value.valueType() != ConfigValueType.LIST) {
      converted = convert(c, value);
    }
    if (converted.isEmpty()) {
      problems.badValue(path, value, Kinds.describe(type));
    }
    return converted;
  }

  private static Optional<Object> convert(Class<?> type, ConfigValue value) {
    String text = String.valueOf(value.unwrapped());
    Config holder = ConfigFactory.empty().withValue("v", value);
    try {
      if (type == String.class) {
        return Optional.of(text);
      } else if (type == int.class || type == Integer.class) {
        return Optional.of(Integer.parseInt(text));
      } else if (type == long.class || type == Long.class) {
        return Optional.of(Long.parseLong(text));
      } else if (type == double.class || type == Double.class) {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
      } else if (type == boolean.class || type == Boolean.class) {
        return Optional.of(holder.getBoolean("v"));
      } else if (type == Duration.class) {
        return Optional.of(holder.getDuration("v"));
      } else if (type.isEnum()) {
        return Arrays.stream(type.getEnumConstants())
            .filter(e -> Kinds.constant((Enum<?>) e).equals(text))
            .findFirst()
            .map(e -> e);
      }
    } catch (NumberFormatException | ConfigException e) {
      return Optional.empty();
    }
    throw new IllegalStateException("configuration records cannot hold a " + type);
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

  private static String join(String path, String key) {
    String quoted = ConfigUtil.joinPath(key);
    return path.isEmpty() ? quoted : path + "." + quoted;
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Optional.class;
  }

  private static boolean isList(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == List.class;
  }

  private static boolean isMap(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Map.class;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}

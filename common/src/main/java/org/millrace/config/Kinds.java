package org.millrace.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the names and types of configuration records are written in files and told to people. */
final class Kinds {
  private Kinds() {}

  /** {@code maxRejectShare} is {@code max-reject-share}; {@code topK} is {@code top-k}. */
  static String key(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  static String constant(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String variant(Class<?> record) {
    return key(record.getSimpleName());
  }

  /** The records of a choice by the names that {@code kind} takes. */
  static Map<String, Class<?>> variants(Class<?> choice) {
    Map<String, Class<?>> variants = new LinkedHashMap<>();
    for (Class<?> record : choice.getPermittedSubclasses()) {
      variants.put(variant(record), record);
    }
    return variants;
  }

  /** For a table of keys: the range of a number is the record's to tell, not Java's. */
  static String described(Type type) {
    return describe(type).replace(" up to " + Integer.MAX_VALUE, "");
  }

  /** What is accepted, for a sentence or a table. */
  static String describe(Type type) {
    if (type instanceof ParameterizedType p) {
      Type[] arguments = p.getActualTypeArguments();
      if (p.getRawType() == Optional.class) {
        return describe(arguments[0]) + ", or absent";
      } else if (p.getRawType() == List.class) {
        return "a list [...] of " + describe(arguments[0]);
      } else if (p.getRawType() == Map.class) {
        return arguments[1] == String.class
            ? "a block { name = value ... }"
            : "a block { name = value ... } with " + describe(arguments[1]) + " each";
      }
    }
    if (type instanceof Class<?> c) {
      if (c.isEnum()) {
        return Arrays.stream(c.getEnumConstants())
            .map(e -> constant((Enum<?>) e))
            .collect(Collectors.joining(", "));
      } else if (c.isRecord()) {
        return "a block { ... }";
      } else if (isChoice(c)) {
        return "a block { kind = ... } with kind one of " + String.join(", ", variants(c).keySet());
      } else if (c == int.class || c == Integer.class) {
        return "a whole number up to " + Integer.MAX_VALUE;
      } else if (c == long.class || c == Long.class) {
        return "a whole number";
      } else if (c == double.class || c == Double.class) {
        return "a number";
      } else if (c == boolean.class || c == Boolean.class) {
        return "true or false";
      } else if (c == Duration.class) {
        return "a duration such as 90 days or 12 hours";
      } else if (c == String.class) {
        return "a string";
      }
    }
    throw new IllegalStateException("configuration records cannot hold a " + type);
  }

  static boolean isOptional(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Optional.class;
  }

  static boolean isList(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == List.class;
  }

  /** Of records or choices. */
  static boolean isListOfBlocks(Type type) {
    return isList(type)
        && argument(type, 0) instanceof Class<?> element
        && (element.isRecord() || isChoice(element));
  }

  /**
   * The defaults of each element of a list of blocks; null where there are none.
   *
   * @param reference the list in {@code reference.conf}: null, or with one element
   */
  static ConfigValue sample(String path, ConfigValue reference) {
    if (reference == null || reference.valueType() == ConfigValueType.NULL) {
      return null;
    }
    if (reference instanceof ConfigList list && list.size() == 1) {
      return list.get(0);
    }
    throw new IllegalStateException(
        "reference.conf: %s holds the defaults of its elements as one element".formatted(path));
  }

  /** A sealed interface of records; an enum whose constants have bodies is sealed too. */
  static boolean isChoice(Class<?> type) {
    return type.isSealed() && !type.isEnum();
  }

  static boolean isMap(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == Map.class;
  }

  static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** The path of a key in a block. */
  static String join(String path, String key) {
    String quoted = ConfigUtil.joinPath(key);
    return path.isEmpty() ? quoted : path + "." + quoted;
  }
}

package org.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A key of a configuration record, as {@code describe} tells it: type from the record, default and
 * meaning from the record's {@code reference.conf}, so that the two cannot differ.
 *
 * @param path keys of the elements of a list of blocks stand behind {@code []}
 * @param defaultValue as HOCON; {@code required} where there is none and one is needed, {@code -}
 *     where it may be absent
 * @param meaning the comment above the key; empty where there is none, which a test refuses
 */
public record KeyDoc(String path, String type, String defaultValue, String meaning) {

  /** All keys of a record, in the order of its components. */
  public static List<KeyDoc> of(Class<? extends Record> type, String path, Config reference) {
    List<KeyDoc> docs = new ArrayList<>();
    record(type, path, Layers.at(reference, path), docs);
    return docs;
  }

  private static void record(Class<?> type, String path, ConfigValue block, List<KeyDoc> docs) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = Kinds.key(component.getName());
      String child = Kinds.join(path, key);
      ConfigValue value = block instanceof ConfigObject o ? o.get(key) : null;
      Type inner = component.getGenericType();
      boolean optional = Kinds.isOptional(inner);
      if (optional) {
        inner = Kinds.argument(inner, 0);
      }
      component(inner, optional, child, value, docs);
    }
  }

  private static void component(
      Type type, boolean optional, String path, ConfigValue value, List<KeyDoc> docs) {
    if (type instanceof Class<?> c && c.isRecord()) {
      docs.add(
          new KeyDoc(
              path, "a block { ... }" + (optional ? ", or absent" : ""), "", meaning(value)));
      record(c, path, value, docs);
    } else if (type instanceof Class<?> c && Kinds.isChoice(c)) {
      docs.add(new KeyDoc(path, "a choice" + (optional ? ", or absent" : ""), "", meaning(value)));
      choice(c, path, value, docs);
    } else if (Kinds.isListOfBlocks(type)) {
      docs.add(
          new KeyDoc(path, Kinds.described(type), optional ? "-" : "required", meaning(value)));
      Class<?> element = (Class<?>) Kinds.argument(type, 0);
      ConfigValue sample = Kinds.sample(path, value);
      if (element.isRecord()) {
        record(element, path + "[]", sample, docs);
      } else {
        choice(element, path + "[]", sample, docs);
      }
    } else {
      docs.add(new KeyDoc(path, Kinds.described(type), shown(value, optional), meaning(value)));
    }
  }

  private static void choice(Class<?> type, String path, ConfigValue value, List<KeyDoc> docs) {
    Map<String, Class<?>> variants = Kinds.variants(type);
    ConfigValue kind = value instanceof ConfigObject o ? o.get("kind") : null;
    docs.add(
        new KeyDoc(
            path + ".kind",
            String.join(", ", variants.keySet()),
            shown(kind, false),
            meaning(kind)));
    variants.forEach(
        (name, variant) -> {
          ConfigValue parameters = value instanceof ConfigObject o ? o.get(name) : null;
          docs.add(new KeyDoc(path + "." + name, "a block { ... }", "", meaning(parameters)));
          record(variant, path + "." + name, parameters, docs);
        });
  }

  private static String shown(ConfigValue value, boolean optional) {
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return optional ? "-" : "required";
    }
    return value.render(ConfigRenderOptions.concise());
  }

  private static String meaning(ConfigValue value) {
    return value == null
        ? ""
        : value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
  }
}

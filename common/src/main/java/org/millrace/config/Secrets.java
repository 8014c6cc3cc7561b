package org.millrace.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Keeps secrets, known by their keys, from what is shown. */
final class Secrets {
  static final String COVER = "*****";

  /** As Spark's own {@code spark.redaction.regex}, and with the hyphen of our keys. */
  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.-]?key");

  private Secrets() {}

  static boolean isSecret(String path) {
    return SECRET.matcher(path).find();
  }

  /** The same value with a cover over all secrets in it. */
  static ConfigValue cover(String path, ConfigValue value) {
    if (isSecret(path)) {
      return ConfigValueFactory.fromAnyRef(COVER);
    } else if (value instanceof ConfigObject object) {
      Map<String, ConfigValue> covered = new TreeMap<>();
      object.forEach((key, v) -> covered.put(key, cover(path + "." + ConfigUtil.joinPath(key), v)));
      return ConfigValueFactory.fromMap(covered);
    } else if (value instanceof ConfigList list) {
      List<ConfigValue> covered = new ArrayList<>();
      list.forEach(v -> covered.add(cover(path, v)));
      return ConfigValueFactory.fromIterable(covered);
    }
    return value;
  }
}

package org.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import org.millrace.outcome.Stop;

/**
 * What {@code --set key=value} says. A value that begins with a bracket, a brace or a quote, or
 * holds a substitution, is HOCON; any other is taken as it stands, so that {@code s3a://bucket/#1}
 * needs no quotes.
 */
final class SetOption {
  private static final String VALUE = "value";

  private SetOption() {}

  static Config parse(String set) {
    int equals = set.indexOf('=');
    if (equals < 1) {
      // Not repeated in full: it may be a secret with its key forgotten.
      throw Stop.usage(
          "--set %s: accepted: key=value, such as --set recommend.top-k.k=20",
          set.length() > 20 ? set.substring(0, 20) + "..." : set);
    }
    String key = set.substring(0, equals).strip();
    String text = set.substring(equals + 1).strip();
    String origin = "--set " + key;
    List<String> path;
    try {
      path = ConfigUtil.splitPath(key);
    } catch (ConfigException e) {
      throw Stop.usage(
              "%s is no key; accepted: words joined by dots, such as recommend.top-k.k, with quotes around a word that holds"
                  + " other signs",
              origin)
          .because(e);
    }
    return within(path, value(origin, key, text), origin);
  }

  /** The blocks around the value are of the same origin: a problem of theirs is told by it too. */
  private static Config within(List<String> path, ConfigValue value, String origin) {
    ConfigValue block = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      block = ConfigValueFactory.fromMap(Map.of(path.get(i), block), origin);
    }
    return ((ConfigObject) block).toConfig();
  }

  private static ConfigValue value(String origin, String key, String text) {
    boolean hocon =
        List.of("[", "{", "\"").stream().anyMatch(text::startsWith) || text.contains("${");
    try {
      if (hocon || text.matches("[^#:/,\\n]+")) {
        Config parsed =
            ConfigFactory.parseString(
                VALUE + " = " + text, ConfigParseOptions.defaults().setOriginDescription(origin));
        if (parsed.root().size() == 1) {
          return parsed.root().get(VALUE);
        }
      }
    } catch (ConfigException e) {
      if (hocon) {
        String why = Secrets.isSecret(key) ? "" : " (" + e.getMessage() + ")";
        throw Stop.usage("%s: the value is not HOCON%s", origin, why);
      }
    }
    return ConfigValueFactory.fromAnyRef(text, origin);
  }
}

package org.millrace.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.millrace.outcome.Stop;

/**
 * A use case with all its layers resolved, in one JSON file: what a driver needs that starts on
 * another machine, where there are neither the files that were included nor the variables of the
 * environment. Each value keeps the place where it was written.
 *
 * <p>Values are as they are, secrets too: the file is for its user's eyes alone.
 */
public final class StagedUseCase {
  /** How the names of such files end. */
  public static final String SUFFIX = ".staged.json";

  private static final String FORMAT = "millrace-staged/1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StagedUseCase() {}

  /** Whether a file is one by its name. */
  public static boolean is(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }

  /** The file's content: what people wrote, without the defaults, which travel with the jobs. */
  public static byte[] write(Layers layers) {
    return write(layers, (key, value) -> value);
  }

  /** The same with secrets covered, for people to look at. */
  public static byte[] covered(Layers layers) {
    return write(layers, Secrets::cover);
  }

  private static byte[] write(Layers layers, BiFunction<String, ConfigValue, ConfigValue> shown) {
    ObjectNode file = JSON.createObjectNode().put("format", FORMAT);
    var keys = file.putArray("keys");
    Layers.flatten(layers.user())
        .forEach(
            (key, value) ->
                keys.addObject()
                    .put("key", key)
                    .put("value", text(shown.apply(key, value)))
                    .put("origin", Place.of(value.origin())));
    return (file.toPrettyString() + "\n").getBytes(UTF_8);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws Stop exit 2 where the file is another one
   */
  static Config read(Path file) {
    try {
      JsonNode staged = JSON.readTree(Files.readAllBytes(file));
      if (!staged.path("format").asText().equals(FORMAT)) {
        throw Stop.usage(
            "%s: format is '%s'; accepted: %s, as submit/millrace writes it for a cluster",
            file, staged.path("format").asText(), FORMAT);
      }
      Config read = ConfigFactory.empty();
      for (JsonNode key : staged.path("keys")) {
        read = read.withValue(key.path("key").asText(), value(key));
      }
      return read;
    } catch (IOException | ConfigException e) {
      throw Stop.usage(
              "%s is no use case that submit/millrace staged: %s; submit the use-case file itself",
              file, e.getMessage())
          .because(e);
    }
  }

  /** The number 0.10 stays one with two decimals, so that the configuration's hash stays too. */
  private static String text(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object.entrySet().stream()
          .map(e -> ConfigUtil.quoteString(e.getKey()) + " = " + text(e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (value instanceof ConfigList list) {
      return list.stream().map(StagedUseCase::text).collect(Collectors.joining(", ", "[", "]"));
    } else if (value.valueType() == ConfigValueType.NUMBER) {
      return Scalars.text(value);
    }
    return value.render(ConfigRenderOptions.concise());
  }

  private static ConfigValue value(JsonNode key) {
    return ConfigFactory.parseString("v = " + key.path("value").asText())
        .root()
        .get("v")
        .withOrigin(ConfigOriginFactory.newSimple(key.path("origin").asText()));
  }
}

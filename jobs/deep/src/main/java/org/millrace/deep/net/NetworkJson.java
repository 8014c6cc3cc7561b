package org.millrace.deep.net;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.millrace.outcome.Stop;

/**
 * A network, and how it learns, as JSON in which choices are told by their kind, as in use-case
 * files.
 */
public final class NetworkJson {
  private static final ObjectMapper MAPPER = mapper();

  private NetworkJson() {}

  /** UTF-8, with a newline at the end. */
  public static byte[] write(Network network) {
    return bytes(network);
  }

  /** UTF-8, with a newline at the end. */
  public static byte[] write(Optimization optimization) {
    return bytes(optimization);
  }

  private static byte[] bytes(Record description) {
    try {
      return (MAPPER.writeValueAsString(description) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not representable as JSON: " + description, e);
    }
  }

  /**
   * Reads what {@link #write(Network)} wrote.
   *
   * @param origin the file's name, for a sentence
   * @throws Stop exit 1 where it is no network
   */
  public static Network read(byte[] json, String origin) {
    return read(json, Network.class, "the description of a network", origin);
  }

  /**
   * Reads what {@link #write(Optimization)} wrote.
   *
   * @param origin the file's name, for a sentence
   * @throws Stop exit 1 where it is none
   */
  public static Optimization readOptimization(byte[] json, String origin) {
    return read(json, Optimization.class, "the description of an optimization", origin);
  }

  private static <T> T read(byte[] json, Class<T> type, String what, String origin) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw Stop.failed("%s is not %s: %s", origin, what, e.getMessage()).because(e);
    }
  }

  private static ObjectMapper mapper() {
    JsonMapper.Builder mapper =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    for (Class<?> choice :
        new Class<?>[] {
          Shape.class,
          Architecture.class,
          Layer.class,
          Task.class,
          Updater.class,
          Decay.class,
          Clipping.class
        }) {
      mapper.addMixIn(choice, ByKind.class);
      for (Class<?> kind : choice.getPermittedSubclasses()) {
        mapper.registerSubtypes(new NamedType(kind, name(kind)));
      }
    }
    return mapper.build();
  }

  private static String name(Class<?> kind) {
    return kind.getSimpleName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** The kind of a choice stands beside its values. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface ByKind {}
}

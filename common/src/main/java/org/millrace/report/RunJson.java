package org.millrace.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@code run.json}: a run report for machines. Keys are in snake case and in the order of the
 * records' components, instants in ISO 8601 and UTC, and every key is always there: an exit code or
 * an end that a running run does not have yet is null, and so is a number that is NaN or infinite.
 */
public final class RunJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .addModule(JsonValues.module())
          .build();

  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter PRETTY =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(INDENTER));

  private RunJson() {}

  /** The file's content: UTF-8, indented, closed by a line feed. */
  public static byte[] write(RunReport report) {
    try {
      return (PRETTY.writeValueAsString(report) + "\n").getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("A run report that JSON cannot hold", e);
    }
  }

  /**
   * Reads what {@link #write} wrote. A null number becomes NaN; a key that this version does not
   * know is passed over, since a newer version may add some.
   *
   * @throws IOException if the bytes are not JSON, are of another format than {@link
   *     RunReport#FORMAT}, or lack a key; the message names it
   */
  public static RunReport read(byte[] json) throws IOException {
    String format = MAPPER.readTree(json).path("format").asText("absent");
    if (!format.equals(RunReport.FORMAT)) {
      throw new IOException(
          "This is not a run report of a known format: its \"format\" is %s, not %s"
              .formatted(format, RunReport.FORMAT));
    }
    return MAPPER.readValue(json, RunReport.class);
  }

  /** Charts on one line, for a page's script to draw. */
  static String write(List<Chart> charts) {
    try {
      return MAPPER.writeValueAsString(charts);
    } catch (IOException e) {
      throw new UncheckedIOException("Charts that JSON cannot hold", e);
    }
  }
}

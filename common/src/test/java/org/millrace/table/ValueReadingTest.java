package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.table.Fixture.ref;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueReadingTest {
  @TempDir Path folder;

  /** Reads texts as a column of a type; a rejected one gives its rules. */
  private Map<String, String> read(
      String properties, Map<String, String> formats, String... texts) {
    Fixture fixture =
        new Fixture(folder)
            .contract("v.v1", "- {name: text}\n- {name: v, %s}".formatted(properties));
    String lines =
        List.of(texts).stream().map(t -> "%s;%s\n".formatted(t, t)).collect(Collectors.joining());
    Path file = fixture.write("v.csv", "text;v\n" + lines);
    TableRef ref = ref(file, "v.v1").delimiter(";").formats(formats).build();
    try (CheckedTable table = fixture.open(ref)) {
      Map<String, String> read =
          table.rows().collectAsList().stream()
              .collect(Collectors.toMap(r -> r.getString(0), ValueReadingTest::shown));
      if (!table.rejectLogs().isEmpty()) {
        for (Row reject : Fixture.rejects(table).collectAsList()) {
          String text = reject.<String>getAs("row").replaceAll("^\\{\"text\":\"([^\"]*)\".*", "$1");
          read.put(text, reject.getList(reject.fieldIndex("rules")).toString());
        }
      }
      return read;
    }
  }

  private static String shown(Row row) {
    Object value = row.get(1);
    return value instanceof java.sql.Timestamp t ? t.toInstant().toString() : "" + value;
  }

  @Test
  void takesWholeNumbersOnly() {
    assertThat(
            read(
                "logicalType: integer",
                Map.of(),
                "7",
                "-9223372036854775808",
                "9223372036854775808",
                "2.5",
                "2.0",
                "abc",
                "1e3",
                "NaN",
                "3,5"))
        .isEqualTo(
            Map.of(
                "7", "7",
                "-9223372036854775808", "-9223372036854775808",
                "9223372036854775808", "[v.type]",
                "2.5", "[v.type]",
                "2.0", "[v.type]",
                "abc", "[v.type]",
                "1e3", "[v.type]",
                "NaN", "[v.type]",
                "3,5", "[v.type]"));
    assertThat(read("logicalType: integer, physicalType: INT", Map.of(), "2147483648", "1"))
        .isEqualTo(Map.of("2147483648", "[v.type]", "1", "1"));
  }

  @Test
  void takesFiniteNumbersOnly() {
    assertThat(
            read(
                "logicalType: number",
                Map.of(),
                "2.5",
                "1e3",
                "NaN",
                "Infinity",
                "-inf",
                "3,5",
                "12d",
                "1e999",
                ".5"))
        .isEqualTo(
            Map.of(
                "2.5", "2.5",
                "1e3", "1000.0",
                "NaN", "[v.finite]",
                "Infinity", "[v.finite]",
                "-inf", "[v.type]",
                "3,5", "[v.type]",
                "12d", "[v.type]",
                "1e999", "[v.finite]",
                ".5", "0.5"));
    assertThat(read("logicalType: number, physicalType: FLOAT", Map.of(), "1e39", "0.1"))
        .isEqualTo(Map.of("1e39", "[v.finite]", "0.1", "0.1"));
    assertThat(
            read("logicalType: number, physicalType: 'DECIMAL(4,2)'", Map.of(), "123.45", "1.25"))
        .isEqualTo(Map.of("123.45", "[v.type]", "1.25", "1.25"));
  }

  @Test
  void takesBooleansDatesAndTimestamps() {
    assertThat(read("logicalType: boolean", Map.of(), "true", "F", "2", "maybe"))
        .isEqualTo(Map.of("true", "true", "F", "false", "2", "[v.type]", "maybe", "[v.type]"));
    assertThat(
            read(
                "logicalType: date",
                Map.of(),
                "2024-02-29",
                "2023-02-29",
                "2024",
                "2024-01-01 rubbish",
                "01/02/2024"))
        .isEqualTo(
            Map.of(
                "2024-02-29", "2024-02-29",
                "2023-02-29", "[v.type]",
                "2024", "[v.type]",
                "2024-01-01 rubbish", "[v.type]",
                "01/02/2024", "[v.type]"));
    assertThat(
            read(
                "logicalType: timestamp",
                Map.of(),
                "2024-01-01T10:00:00+02:00",
                "2024-01-01 10:00:00.25",
                "2024-01-01",
                "12:30",
                "12345",
                "978300760"))
        .isEqualTo(
            Map.of(
                "2024-01-01T10:00:00+02:00", "2024-01-01T08:00:00Z",
                "2024-01-01 10:00:00.25", "2024-01-01T10:00:00.250Z",
                "2024-01-01", "2024-01-01T00:00:00Z",
                "12:30", "[v.type]",
                "12345", "[v.type]",
                "978300760", "[v.type]"));
  }

  @Test
  void readsEpochs() {
    assertThat(
            read(
                "logicalType: timestamp",
                Map.of("v", "epoch-seconds"),
                "978300760",
                "-1.5",
                "253402300800",
                "x"))
        .isEqualTo(
            Map.of(
                "978300760", "2000-12-31T22:12:40Z",
                "-1.5", "1969-12-31T23:59:58.500Z",
                "253402300800", "[v.type]",
                "x", "[v.type]"));
    assertThat(read("logicalType: timestamp", Map.of("v", "epoch-millis"), "978300760123"))
        .isEqualTo(Map.of("978300760123", "2000-12-31T22:12:40.123Z"));
    assertThat(read("logicalType: date", Map.of("v", "epoch-seconds"), "978300760"))
        .isEqualTo(Map.of("978300760", "2000-12-31"));
  }

  @Test
  void readsPatternsStrictly() {
    assertThat(
            read(
                "logicalType: date",
                Map.of("v", "dd/MM/yyyy"),
                "31/12/2024",
                "1/2/2024",
                "30/02/2024",
                "2024-01-01",
                "31/12/2024 10:00"))
        .isEqualTo(
            Map.of(
                "31/12/2024", "2024-12-31",
                "1/2/2024", "[v.type]",
                "30/02/2024", "[v.type]",
                "2024-01-01", "[v.type]",
                "31/12/2024 10:00", "[v.type]"));
    assertThat(
            read(
                "logicalType: timestamp", Map.of("v", "MMM d, yyyy h:mm a"), "Jan 2, 2024 3:04 pm"))
        .isEqualTo(Map.of("Jan 2, 2024 3:04 pm", "2024-01-02T15:04:00Z"));
    assertThat(
            read("logicalType: timestamp", Map.of("v", "yyyyMMdd'T'HHmmXX"), "20240102T0304+0100"))
        .isEqualTo(Map.of("20240102T0304+0100", "2024-01-02T02:04:00Z"));
    assertThat(read("logicalType: date", Map.of("v", "yyyy-MM"), "2024-05"))
        .isEqualTo(Map.of("2024-05", "2024-05-01"));
    assertThat(read("logicalType: date", Map.of("v", "yyMMdd"), "240501"))
        .isEqualTo(Map.of("240501", "2024-05-01"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HH:mm", "dd/MM/yyyy hh:mm", "bogus", "yyyy-MM-dd {", "MM/dd", "epoch"})
  void refusesPatternsThatTellNoDayOrHalfATime(String pattern) {
    assertThatThrownBy(() -> TimeFormat.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pattern);
  }
}

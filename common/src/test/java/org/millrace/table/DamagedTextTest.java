package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;
import static org.millrace.table.Stops.stops;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.outcome.ExitCode;
import org.millrace.testing.LocalSpark;

/** Names of another encoding must not become one name. */
final class DamagedTextTest {
  private static final String NAMES =
      "[{name: name, required: true, primaryKey: true}, {name: note}]";
  private static final String CSV = "name,note\nJosé,a\nJosè,b\nAnna,c\n";

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void contract() {
    fixture = new Fixture(folder).contract("names.v1", NAMES);
  }

  static Stream<byte[]> readable() {
    return Stream.of("", "plain", "José", "日本語", "🎻", "\u0000", "a\uFFFC")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource
  void readable(byte[] bytes) {
    assertThat(ReadableText.is(UTF8String.fromBytes(bytes))).isTrue();
  }

  static Stream<byte[]> damaged() {
    return Stream.of(
        "José".getBytes(StandardCharsets.ISO_8859_1),
        "a\uFFFDb".getBytes(StandardCharsets.UTF_8),
        // Cut off within a character; a surrogate by itself; a character in more bytes than it has.
        new byte[] {'a', (byte) 0xE6, (byte) 0x97},
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        new byte[] {(byte) 0xC0, (byte) 0xAF});
  }

  @ParameterizedTest
  @MethodSource
  void damaged(byte[] bytes) {
    assertThat(ReadableText.is(UTF8String.fromBytes(bytes))).isFalse();
  }

  @Test
  void refusesNamesOfAnotherEncodingThanTheCsvNames() {
    Path file = fixture.write("t.csv", CSV, StandardCharsets.ISO_8859_1);

    try (CheckedTable table = fixture.open(ref(file, "names.v1").build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[Anna,c]");
      assertThat(Fixture.rulesByRow(table).values())
          .containsExactly(List.of("name.readable"), List.of("name.readable"));
      assertThat(Fixture.reasons(table).get(0))
          .contains("name is 'Jos\uFFFD'", "in the encoding of its table", "csv.encoding");
    }
    try (CheckedTable table =
        fixture.open(ref(file, "names.v1").encoding("ISO-8859-1").build()).cache()) {
      assertThat(table.rows().count()).isEqualTo(3);
    }
  }

  @Test
  void refusesThemInJsonLinesAndParquet() {
    String lines = "{\"name\": \"José\"}\n{\"name\": \"Josè\"}\n{\"name\": \"Anna\"}\n";
    Path json = fixture.write("t.jsonl", lines, StandardCharsets.ISO_8859_1);
    Path parquet =
        fixture.parquet(
            "t.parquet",
            "select cast(X'4A6F73E9' as string) name",
            "select cast(X'4A6F73E8' as string)",
            "select 'Anna'");

    for (Path file : List.of(json, parquet)) {
      try (CheckedTable table = fixture.open(ref(file, "names.v1").build()).cache()) {
        assertThat(Fixture.sorted(table.rows())).containsExactly("[Anna,null]");
        assertThat(table.rejected()).isEqualTo(2);
      }
    }
  }

  @Test
  void keepsThemWhereTheContractOrTheJobDoes() {
    Path file = fixture.write("t.csv", "name,note\na,é\nb,è\n", StandardCharsets.ISO_8859_1);
    TableRef ref = ref(file, "names.v1").build();
    TableReader reader =
        new TableReader(LocalSpark.session(), fixture.contracts(), fixture.staging(), Fixture.RUN);

    try (CheckedTable table = reader.open("job", "input", ref, Set.of("note")).cache()) {
      assertThat(table.rows().count()).isEqualTo(2);
    }

    String damaged = "{name: note, customProperties: [{property: damaged, value: %s}]}";
    fixture.contract("names.v1", NAMES.replace("{name: note}", damaged.formatted("keep")));
    try (CheckedTable table = fixture.open(ref).cache()) {
      assertThat(table.rows().count()).isEqualTo(2);
    }
    fixture.contract("names.v1", NAMES.replace("{name: note}", damaged.formatted("reject")));
    try (CheckedTable table = fixture.open(ref)) {
      stops(ExitCode.CONTRACT, table::cache).contains("2 of 2 rows", "note.readable");
    }
  }

  @Test
  void refusesAContractThatAsksForSomethingElse() {
    Path file = fixture.write("t.csv", CSV);
    String given = "[{name: name, %scustomProperties: [{property: damaged, value: %s}]}]";

    fixture.contract("names.v1", given.formatted("", "mend"));
    stops(ExitCode.USAGE, () -> fixture.open(ref(file, "names.v1").build()))
        .contains("damaged of name is mend", "reject (the default) or keep");
    fixture.contract("names.v1", given.formatted("logicalType: integer, ", "keep"));
    stops(ExitCode.USAGE, () -> fixture.open(ref(file, "names.v1").build()))
        .contains("damaged of name is keep", "only on a string");
  }
}

package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;
import static org.millrace.table.Stops.stops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.testing.LocalSpark;

final class SourceReaderTest {
  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void contract() {
    fixture = new Fixture(folder).contract("plain.v1", Fixture.PLAIN);
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    stops(ExitCode.USAGE, () -> fixture.open(folder.resolve("none.csv")))
        .contains("none.csv does not exist");
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.write("empty.csv", "")))
        .contains("empty.csv is empty (0 bytes)");
    Path bare = Files.createDirectories(folder.resolve("bare"));
    fixture.write("bare/_SUCCESS", "x");
    stops(ExitCode.CONTRACT, () -> fixture.open(bare)).contains("a folder without data files");
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.write("blank.csv", "\n\n")))
        .contains("not even a header");
    stops(ExitCode.USAGE, () -> fixture.open(fixture.write("t.dat", "u\n")))
        .contains("set format to parquet, csv, json-lines or idx");
  }

  @Test
  void refusesATableWithoutRows() {
    try (CheckedTable table = fixture.open(fixture.write("t.csv", "u,n,x\n"))) {
      stops(ExitCode.CONTRACT, table::cache).contains("t.csv has no rows");
    }
    Path none = fixture.parquet("t.parquet", "select 'a' u where false");
    try (CheckedTable table = fixture.open(none)) {
      stops(ExitCode.CONTRACT, table::cache).contains("t.parquet has no rows");
    }
  }

  @Test
  void namesColumnsThatAreAbsentUnknownOrWrittenOtherwise() {
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.write("a.csv", "user,n\na,1\n")))
        .contains("'u' that contract plain.v1 requires is absent", "[user, n]", "under columns");
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.write("b.csv", "U,n\na,1\n")))
        .contains("there is 'U'");
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.write("c.csv", "u,N\na,1\n")))
        .contains("'n' that contract plain.v1 has", "there is 'N'");
    stops(ExitCode.CONTRACT, () -> fixture.open(fixture.write("d.jsonl", "{\"U\":\"a\"}\n")))
        .contains("there is 'U'");
    Path file = fixture.write("e.csv", "u,extra,\na,1,2\n");
    assertThat(fixture.open(file).unknownColumns()).containsExactly("extra", "_c2");
    TableReader reader =
        new TableReader(LocalSpark.session(), fixture.contracts(), null, "validate");
    assertThat(reader.describe(ref(file, "plain.v1").build()))
        .contains("keeps contract plain.v1", "1 files, 15 bytes", "[extra, _c2]");
  }

  @Test
  void refusesRenamesAndFormatsThatMeanNothing() {
    for (Path file :
        new Path[] {
          fixture.write("a.csv", "u\na\n"), fixture.write("a.json", "{\"u\": \"a\"}\n")
        }) {
      stops(
              ExitCode.USAGE,
              () -> fixture.open(ref(file, "plain.v1").columns(Map.of("w", "u")).build()))
          .contains("columns speaks of 'w'", "[u, n, x]");
      stops(
              ExitCode.USAGE,
              () ->
                  fixture.open(ref(file, "plain.v1").formats(Map.of("w", "epoch-seconds")).build()))
          .contains("formats speaks of 'w'");
      stops(
              ExitCode.USAGE,
              () ->
                  fixture.open(ref(file, "plain.v1").formats(Map.of("n", "epoch-seconds")).build()))
          .contains("formats has n = epoch-seconds", "a whole number");
    }
    Path file = fixture.write("b.csv", "u\na\n");
    stops(
            ExitCode.CONTRACT,
            () -> fixture.open(ref(file, "plain.v1").columns(Map.of("n", "m")).build()))
        .contains("column 'm' (for n) is absent");
  }

  @Test
  void refusesParquetOfAnotherType() {
    Path file = fixture.parquet("t.parquet", "select 'a' u, 1.5d n");
    stops(ExitCode.CONTRACT, () -> fixture.open(file))
        .contains("column 'n' is of type DOUBLE", "wants a whole number");
    Path ids = fixture.parquet("ids.parquet", "select 7d u");
    stops(ExitCode.CONTRACT, () -> fixture.open(ids))
        .contains("column 'u' is of type DOUBLE", "wants a string");
    Path text = fixture.write("text.parquet", "u,n\na,1\n");
    stops(ExitCode.CONTRACT, () -> fixture.open(text))
        .contains("text.parquet cannot be read as Parquet");
  }

  @Test
  void readsParquetIdsWithoutLosingDigits() {
    fixture.contract("id.v1", "- {name: id, logicalType: string, required: true}");
    String big = "9007199254740993";
    for (String type : new String[] {"bigint", "decimal(20, 0)", "string", "decimal(38, 0)"}) {
      Path file =
          fixture.parquet(
              type.replaceAll("\\W", "") + ".parquet",
              "select cast('%s' as %s) id".formatted(big, type),
              "select null id");
      try (CheckedTable table = fixture.open(ref(file, "id.v1").build()).cache()) {
        assertThat(Fixture.sorted(table.rows())).containsExactly("[%s]".formatted(big));
        assertThat(Fixture.reasons(table)).containsExactly("id is missing");
      }
    }
  }

  @Test
  void readsParquetNumbersAndPartitionFolders() {
    Path file = folder.resolve("parts");
    fixture.parquet("parts/n=5", "select 'a' u, cast(0.1 as float) x");
    fixture.parquet("parts/n=6", "select 'b' u, cast(0.25 as float) x");
    try (CheckedTable table =
        fixture.open(ref(file, "plain.v1").format(TableRef.Format.PARQUET).build()).cache()) {
      assertThat(Fixture.sorted(table.rows()))
          .containsExactly("[a,5," + (double) 0.1f + "]", "[b,6,0.25]");
    }
  }

  @Test
  void readsJsonLines() {
    Path file =
        fixture.write(
            "t.jsonl",
            """
            {"u": "a", "n": 9007199254740993, "x": 2.5, "more": {"k": [1, 2]}}
            {"u": {"deep": 1}, "x": "3"}

            not json
            {"n": 4}
            {"u": 7, "n": 2.5}
            {"u": "cut
            """);

    try (CheckedTable table = fixture.open(file).cache()) {
      assertThat(Fixture.sorted(table.rows()))
          .containsExactly("[a,9007199254740993,2.5]", "[{\"deep\":1},null,3.0]");
      assertThat(table.unknownColumns()).containsExactly("more");
      assertThat(Fixture.reasons(table))
          .contains(
              "the line is 'not json', must be a JSON object on a line of its own",
              "the line is '{\"u\": \"cut', must be a JSON object on a line of its own",
              "u is missing")
          .anyMatch(r -> r.startsWith("n is '2.5', must be a whole number"));
      assertThat(table.seen()).isEqualTo(6);
      assertThat(table.rejected()).isEqualTo(4);
    }
  }

  @Test
  void identityFollowsTheFiles() throws IOException {
    Path file = fixture.write("t.csv", "u\na\n");
    String before = fixture.open(file).report().identity();
    assertThat(fixture.open(file).report().identity()).isEqualTo(before);
    fixture.write("t.csv", "u\nab\n");
    assertThat(fixture.open(file).report().identity()).isNotEqualTo(before);
  }
}

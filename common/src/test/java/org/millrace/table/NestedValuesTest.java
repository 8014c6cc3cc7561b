package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Stops.stops;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;

/** Columns of bytes and of arrays. */
class NestedValuesTest {
  private static final String COLUMNS =
      """
      - {name: id, logicalType: integer, required: true}
      - {name: file, logicalType: string, physicalType: BINARY}
      - {name: steps, logicalType: array, physicalType: ARRAY<ARRAY<DOUBLE>>, items: {logicalType: array, items: {logicalType: number}}}
      - {name: numbers, logicalType: array}
      """;

  @TempDir Path folder;

  private CheckedTable open(Path path) {
    Fixture fixture = new Fixture(folder).contract("nested.v1", COLUMNS);
    return fixture.open(Fixture.ref(path, "nested.v1").build());
  }

  private static List<String> shown(CheckedTable table) {
    return table.rows().orderBy("id").collectAsList().stream()
        .map(NestedValuesTest::shown)
        .toList();
  }

  private static String shown(Row row) {
    String steps =
        row.isNullAt(2)
            ? "null"
            : row.<scala.collection.Seq<?>>getAs(2).mkString(";").replaceAll("[A-Za-z]+", "");
    return row.get(0)
        + " "
        + Arrays.toString(row.<byte[]>getAs(1))
        + " "
        + steps
        + " "
        + (row.isNullAt(3) ? "null" : row.getList(3));
  }

  @Test
  void parquetIsReadAsItIsOrWidened() {
    Path file =
        new Fixture(folder)
            .parquet(
                "t.parquet",
                "select 1 as id, X'0102' as file, array(array(1f, 2f), array(3f)) as steps, array(1, 2) as numbers");
    assertThat(shown(open(file))).containsExactly("1 [1, 2] (1.0, 2.0);(3.0) [1.0, 2.0]");
  }

  @Test
  void jsonLinesHoldBase64AndArrays() {
    Path file =
        new Fixture(folder)
            .write(
                "t.jsonl",
                """
                {"id": 1, "file": "AQL/", "steps": [[1, 2.5], [3]], "numbers": [1e3]}
                {"id": 2, "file": "!", "steps": [[1]], "numbers": [1]}
                {"id": 3, "file": "AQ==", "steps": [1, 2], "numbers": [1]}
                {"id": 4, "file": "AQ==", "steps": [[1]], "numbers": "one"}
                {"id": 5, "numbers": []}
                """);
    CheckedTable table = open(file);
    assertThat(shown(table))
        .containsExactly("1 [1, 2, -1] (1.0, 2.5);(3.0) [1000.0]", "5 null null []");
    assertThat(Fixture.rulesByRow(table).values())
        .containsExactlyInAnyOrder(
            List.of("file.type"), List.of("steps.type"), List.of("numbers.type"));
    assertThat(Fixture.reasons(table)).contains("file is '!', must be bytes, in texts as base64");
  }

  @Test
  void anArrayWithWhatIsNoNumberIsRejected() {
    Path file =
        new Fixture(folder)
            .write(
                "t.jsonl",
                "{\"id\": 1, \"numbers\": [1, \"x\"]}\n{\"id\": 2, \"numbers\": [2, null]}\n{\"id\": 3, \"numbers\": {\"a\": 1}}\n");
    CheckedTable table = open(file);
    assertThat(shown(table)).containsExactly("2 null null [2.0, null]");
  }

  @Test
  void arraysMayBeOfTexts() {
    Fixture fixture =
        new Fixture(folder)
            .contract(
                "words.v1",
                """
                - {name: id, logicalType: integer, required: true}
                - {name: words, logicalType: array, physicalType: ARRAY<STRING>, items: {logicalType: string}}
                """);
    Path text =
        fixture.write(
            "t.jsonl",
            "{\"id\": 1, \"words\": [\"a\", null]}\n{\"id\": 2, \"words\": [\"a\", 1]}\n");
    assertThat(words(fixture.open(Fixture.ref(text, "words.v1").build())))
        .containsExactly("[a, null]");
    Path stored = fixture.parquet("w.parquet", "select 1 as id, array('b', 'c') as words");
    assertThat(words(fixture.open(Fixture.ref(stored, "words.v1").build())))
        .containsExactly("[b, c]");
    Path numbers = fixture.parquet("n.parquet", "select 1 as id, array(1, 2) as words");
    stops(ExitCode.CONTRACT, () -> fixture.open(Fixture.ref(numbers, "words.v1").build()))
        .contains("wants an array of texts that fits into ARRAY<STRING>");
  }

  private static List<String> words(CheckedTable table) {
    return table.rows().orderBy("id").collectAsList().stream()
        .map(row -> row.getList(1).toString())
        .toList();
  }

  @Test
  void storedTypesThatDifferAreRefused() {
    Fixture fixture = new Fixture(folder);
    stops(
            ExitCode.CONTRACT,
            () -> open(fixture.parquet("a.parquet", "select 1 as id, 'text' as file")))
        .contains("column 'file' is of type STRING, but contract nested.v1 wants bytes");
    stops(
            ExitCode.CONTRACT,
            () -> open(fixture.parquet("b.parquet", "select 1 as id, array(1.0) as steps")))
        .contains("wants an array of numbers that fits into ARRAY<ARRAY<DOUBLE>>");
  }

  @Test
  void whatIsAskedOfBytesAndElementsIsRefused() {
    refused(
        "- {name: a, logicalType: string, physicalType: BINARY, logicalTypeOptions: {minLength: 3}}",
        "logicalTypeOptions of a is minLength");
    refused(
        "- {name: a, logicalType: array, items: {logicalType: string}}",
        "logicalType of the items of a is 'string'; accepted: that of DOUBLE");
    refused(
        "- {name: a, logicalType: array, items: {logicalType: number, required: true}}",
        "required of the items of a is true");
    refused("- {name: a, logicalType: array, physicalType: DOUBLE}", "physicalType of a is DOUBLE");
  }

  private void refused(String column, String sentence) {
    Fixture fixture = new Fixture(folder).contract("bad.v1", column);
    stops(ExitCode.USAGE, () -> fixture.contracts().get("bad.v1")).contains(sentence);
  }
}

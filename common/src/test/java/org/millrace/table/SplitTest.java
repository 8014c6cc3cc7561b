package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;
import static org.millrace.table.Stops.stops;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.report.RunReport.RuleReport;

/** Which rows are good, and what is written of the others. */
final class SplitTest {
  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void folder() {
    fixture = new Fixture(folder);
  }

  @Test
  void rejectsPlantedRowsWithAllThatTheyBreak() {
    fixture.contract(
        "r.v1",
        """
        - {name: u, logicalType: string, required: true, logicalTypeOptions: {pattern: '^[a-z]+$', maxLength: 3}}
        - {name: n, logicalType: integer, required: true, logicalTypeOptions: {minimum: 1, maximum: 5}}
        - {name: x, logicalType: number, logicalTypeOptions: {multipleOf: 0.1}}
        """);
    Path file = fixture.write("t.csv", "u,n,x\na,1,0.3\nABCD,9,0.25\n,,\nb,5,\nc,x,NaN\nd,0,2.3\n");

    try (CheckedTable table = fixture.open(ref(file, "r.v1").build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,1,0.3]", "[b,5,null]");
      assertThat(Fixture.rulesByRow(table))
          .isEqualTo(
              Map.of(
                  row("\"ABCD\"", "\"9\"", "\"0.25\""),
                  List.of("u.pattern", "u.maxLength", "n.maximum", "x.multipleOf"),
                  row("null", "null", "null"),
                  List.of("u.required", "n.required"),
                  row("\"c\"", "\"x\"", "\"NaN\""),
                  List.of("n.type", "x.finite"),
                  row("\"d\"", "\"0\"", "\"2.3\""),
                  List.of("n.minimum")));
      assertThat(Fixture.reasons(table))
          .containsExactly(
              "n is '0', must be at least 1",
              "n is '9', must be at most 5",
              "n is 'x', must be a whole number from -9223372036854775808 to 9223372036854775807",
              "n is missing",
              "u is 'ABCD', must be at most 3 characters long",
              "u is 'ABCD', must be like the pattern ^[a-z]+$",
              "u is missing",
              "x is '0.25', must be a multiple of 0.1",
              "x is 'NaN', must be a finite number");
      Row reject = Fixture.rejects(table).first();
      assertThat(reject.schema().fieldNames())
          .containsExactly("input", "row", "rules", "reasons", "run_id");
      assertThat(reject.<String>getAs("input")).isEqualTo("input");
      assertThat(reject.<String>getAs("run_id")).isEqualTo(Fixture.RUN);
      assertThat(table.report().read()).isEqualTo(6);
      assertThat(table.report().accepted()).isEqualTo(2);
      assertThat(table.report().rejected()).isEqualTo(4);
      assertThat(table.report().rejectsByRule())
          .contains(
              new RuleReport(
                  "n.maximum",
                  1,
                  List.of(
                      "n is '9', must be at most 5, in"
                          + " {\"u\":\"ABCD\",\"n\":\"9\",\"x\":\"0.25\"}")));
    }
  }

  private static String row(String u, String n, String x) {
    return "{\"u\":%s,\"n\":%s,\"x\":%s,\"_line\":null}".formatted(u, n, x);
  }

  @Test
  void checksEachLogicalTypeAsParquetStoresIt() {
    fixture.contract(
        "t.v1",
        """
        - {name: s, logicalType: string, quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [a, b]}}]}
        - {name: i, logicalType: integer, physicalType: SMALLINT, logicalTypeOptions: {exclusiveMaximum: 7, multipleOf: 2}}
        - {name: f, logicalType: number, physicalType: FLOAT, logicalTypeOptions: {minimum: 0.1, maximum: 0.7, multipleOf: 0.1}}
        - {name: m, logicalType: number, physicalType: 'DECIMAL(5,2)', logicalTypeOptions: {maximum: 1.25, multipleOf: 0.25}}
        - {name: b, logicalType: boolean, quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [true]}}]}
        - {name: d, logicalType: date, logicalTypeOptions: {minimum: 2024-01-01}}
        - {name: t, logicalType: timestamp, logicalTypeOptions: {exclusiveMinimum: '2024-01-01T00:00:00Z'}}
        - {name: v, logicalType: number, physicalType: FLOAT, quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [0.1, 0.2]}}]}
        """);
    String good =
        "select 'a' s, 6 i, cast(0.1 as float) f, 1.25 m, true b, date'2024-01-01' d,"
            + " timestamp'2024-01-01 00:00:01' t, cast(0.2 as float) v";
    String alsoGood =
        "select 'b', null, cast(0.7 as float), cast(-0.50 as decimal(3,2)), null, null, null, null";
    String bad =
        "select 'c', 7, cast(0.05 as float), 1.26, false, date'2023-12-31',"
            + " timestamp'2024-01-01 00:00:00', cast(0.3 as float)";
    String worse =
        "select 'a', 40000, cast('nan' as float), 1, true, date'2024-01-01',"
            + " timestamp'2024-01-01 00:00:01', cast(0.1 as float)";
    Path file = fixture.parquet("t.parquet", good, alsoGood, bad, worse);

    try (CheckedTable table = fixture.open(ref(file, "t.v1").build()).cache()) {
      assertThat(table.rows().count()).isEqualTo(2);
      assertThat(Fixture.rulesByRow(table))
          .isEqualTo(
              Map.of(
                  "{\"s\":\"c\",\"i\":7,\"f\":0.05,\"m\":1.26,\"b\":false,\"d\":\"2023-12-31\","
                      + "\"t\":\"2024-01-01T00:00:00Z\",\"v\":0.3}",
                  List.of(
                      "s.validValues",
                      "i.exclusiveMaximum",
                      "i.multipleOf",
                      "f.minimum",
                      "f.multipleOf",
                      "m.maximum",
                      "m.multipleOf",
                      "b.validValues",
                      "d.minimum",
                      "t.exclusiveMinimum",
                      "v.validValues"),
                  "{\"s\":\"a\",\"i\":40000,\"f\":\"NaN\",\"m\":1,\"b\":true,\"d\":\"2024-01-01\","
                      + "\"t\":\"2024-01-01T00:00:01Z\",\"v\":0.1}",
                  List.of("i.type", "f.finite", "f.maximum")));
      assertThat(table.contract().schema().fields())
          .extracting(f -> f.dataType().sql())
          .isEqualTo(
              java.util.Arrays.stream(table.rows().schema().fields())
                  .map(f -> f.dataType().sql())
                  .toList());
    }
  }

  @Test
  void tellsMoreRulesApartThanAWordHolds() {
    StringBuilder columns = new StringBuilder();
    StringBuilder zeros = new StringBuilder("select 0 c0");
    StringBuilder sevens = new StringBuilder("select 7 c0");
    for (int i = 0; i < 70; i++) {
      columns.append("- {name: c%d, logicalType: integer, required: true".formatted(i));
      columns.append(", logicalTypeOptions: {maximum: %d}}\n".formatted(i % 2 == 0 ? 6 : 7));
      zeros.append(i > 0 ? ", 0 c" + i : "");
      sevens.append(i > 0 ? ", 7 c" + i : "");
    }
    fixture.contract("wide.v1", columns.toString());
    Path file = fixture.parquet("t.parquet", zeros.toString(), sevens.toString());

    try (CheckedTable table = fixture.open(ref(file, "wide.v1").build()).cache()) {
      assertThat(table.rows().count()).isEqualTo(1);
      List<String> broken = Fixture.rulesByRow(table).values().iterator().next();
      assertThat(broken).hasSize(35).startsWith("c0.maximum").endsWith("c68.maximum");
    }
  }

  @Test
  void takesOddNames() {
    fixture.contract(
        "odd.v1",
        """
        - {name: a.b, logicalType: integer, required: true, primaryKey: true}
        - {name: with space, logicalType: number, logicalTypeOptions: {minimum: 0}}
        - {name: 'tick`', logicalType: date}
        - {name: 100%, logicalType: timestamp}
        - {name: __raw.x, logicalType: boolean}
        """);
    Path file =
        fixture.write(
            "t.csv",
            "a.b,with space,tick`,100%,__raw.x\n1,2,2024-01-01,1,true\n2,-1,x,x,x\n1,2,,,\n3,,,,\n");

    TableRef ref = ref(file, "odd.v1").formats(Map.of("100%", "epoch-seconds")).build();
    try (CheckedTable table = fixture.open(ref).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[3,null,null,null,null]");
      assertThat(Fixture.rulesByRow(table).values())
          .containsExactlyInAnyOrder(
              List.of("with space.minimum", "tick`.type", "100%.type", "__raw.x.type"),
              List.of("a.b.unique"),
              List.of("a.b.unique"));
    }
  }

  @Test
  void allowsTheShareAndNotOneRowMore() {
    fixture.contract("plain.v1", Fixture.PLAIN);
    Path file = fixture.write("t.csv", "u,n,x\na,1,\nb,2,\nc,3,\nd,y,\n");

    try (CheckedTable table = fixture.open(ref(file, "plain.v1").maxRejectShare(0.25).build())) {
      assertThat(table.cache().rows().count()).isEqualTo(3);
    }
    try (CheckedTable table = fixture.open(ref(file, "plain.v1").maxRejectShare(0.2499).build())) {
      stops(ExitCode.CONTRACT, table::cache)
          .contains("1 of 4 rows", "25", "0.2499", "n.type", "n is 'y'", "rejects table");
    }
    Path all = fixture.write("all.csv", "u,n,x\n,1,\n,2,\n");
    try (CheckedTable table = fixture.open(ref(all, "plain.v1").maxRejectShare(1).build())) {
      stops(ExitCode.CONTRACT, table::cache).contains("2 of 2 rows", "u.required");
    }
  }
}

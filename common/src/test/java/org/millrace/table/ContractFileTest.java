package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Stops.stops;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.outcome.ExitCode;

final class ContractFileTest {

  private static Contract read(String tableKeys, String properties) {
    return parse(Fixture.yaml(tableKeys, properties));
  }

  private static Contract parse(String yaml) {
    return ContractFile.read(
        "test.v1", "here/test.v1.odcs.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsColumnsKeysAndRules() {
    Contract contract =
        read(
            Fixture.keepNewest("day"),
            """
            - name: b
              logicalType: integer
              physicalType: INT
              primaryKey: true
              primaryKeyPosition: 2
            - {name: a, logicalType: string, primaryKey: true, primaryKeyPosition: 1}
            - {name: tag, unique: true, description: A tag.}
            - name: day
              logicalType: date
              logicalTypeOptions: {minimum: 2020-01-01}
              customProperties: [{property: unit, value: days}]
            """);

    assertThat(contract.version()).isEqualTo("1.2.0");
    assertThat(contract.hash()).matches("[0-9a-f]{64}");
    assertThat(contract.fieldNames()).containsExactly("b", "a", "tag", "day");
    assertThat(contract.keys())
        .containsExactly(java.util.List.of("a", "b"), java.util.List.of("tag"));
    assertThat(contract.duplicates()).isEqualTo(new Contract.Duplicates.KeepNewest("day"));
    assertThat(contract.schema())
        .isEqualTo(
            DataTypes.createStructType(
                java.util.List.of(
                    DataTypes.createStructField("b", DataTypes.IntegerType, false),
                    DataTypes.createStructField("a", DataTypes.StringType, false),
                    DataTypes.createStructField("tag", DataTypes.StringType, false),
                    DataTypes.createStructField("day", DataTypes.DateType, true))));
    assertThat(contract.field("day").orElseThrow().unit()).isEqualTo("days");
    assertThat(contract.field("day").orElseThrow().rules())
        .extracting(Rule::accepted)
        .containsExactly("at least 2020-01-01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          logicalType: time                                       | string, integer, number, boolean
          logicalType: object                                     | string, integer, number, boolean
          logicalTypeOptions: {format: uuid}                      | minLength, maxLength, pattern
          logicalTypeOptions: {minimum: 3}                        | minLength, maxLength, pattern
          logicalTypeOptions: {minLength: -1}                     | a whole number of characters
          logicalTypeOptions: {minLength: abc}                    | a whole number of characters
          logicalTypeOptions: {pattern: '['}                      | a regular expression
          logicalType: integer, logicalTypeOptions: {minimum: 0.5}| a whole number
          logicalType: integer, logicalTypeOptions: {pattern: a}  | multipleOf
          logicalType: number, logicalTypeOptions: {maximum: abc} | a number
          logicalType: number, logicalTypeOptions: {multipleOf: 0}| a number above 0
          logicalType: date, logicalTypeOptions: {minimum: 20}    | a date such as 2026-01-31
          logicalType: date, logicalTypeOptions: {multipleOf: 2}  | minimum, maximum
          logicalType: timestamp, logicalTypeOptions: {minimum: 2020-01-01} | 2026-01-31T00:00:00Z
          logicalType: boolean, logicalTypeOptions: {minimum: 0}  | no option
          logicalType: integer, physicalType: STRING              | a Spark SQL type that holds a whole
          logicalType: string, physicalType: 'VARCHAR(3)'         | such as STRING
          logicalType: timestamp, physicalType: DATE              | such as TIMESTAMP
          logicalType: number, physicalType: rubbish              | such as DOUBLE
          quality: [{metric: nullValues, mustBe: 0}]              | invalidValues
          quality: [{metric: invalidValues, mustBe: 1, arguments: {validValues: [a]}}] | mustBe 0
          quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: []}}]  | validValues
          quality: [{metric: invalidValues, mustBe: 0, arguments: {pattern: a}}]       | validValues
          quality: [{type: sql, query: select 1, mustBe: 0}]      | invalidValues
          logicalType: boolean, quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: ['yes']}}] | true or false
          relationships: [{to: other.id}]                         | they are not checked
          """)
  void refusesWhatItDoesNotCheck(String keys, String accepted) {
    stops(ExitCode.USAGE, () -> read("", "- {name: col, %s}".formatted(keys)))
        .contains("here/test.v1.odcs.yaml")
        .contains("col")
        .contains("accepted: ")
        .contains(accepted);
  }

  @Test
  void refusesAnythingButOneTableOfTheStandard() {
    String good = Fixture.yaml("", "- {name: a}");
    stops(ExitCode.USAGE, () -> parse(good + "  - name: second\n    properties: [{name: a}]\n"))
        .contains("schema is 2 tables")
        .contains("one table");
    stops(ExitCode.USAGE, () -> parse(good.replace("v3.1.0", "v2.2.0")))
        .contains("v2.2.0")
        .contains("v3.x");
    stops(ExitCode.USAGE, () -> parse("a: [")).contains("is not YAML");
    stops(ExitCode.USAGE, () -> parse("")).contains("DataContract");
    stops(ExitCode.USAGE, () -> parse("text")).contains("DataContract");
    stops(ExitCode.USAGE, () -> parse(good.replace("schema:\n  -", "schema:\n   ")))
        .contains("a list with one table");
    stops(ExitCode.USAGE, () -> parse(good.replace("- {name: a}", "[]")))
        .contains("properties is none");
    stops(ExitCode.USAGE, () -> read("quality: [{metric: rowCount, mustBe: 3}]", "- {name: a}"))
        .contains("quality of the table");
  }

  @Test
  void refusesNamesThatSparkCannotTellApart() {
    stops(ExitCode.USAGE, () -> read("", "- {name: a}\n- {name: A}")).contains("'A'");
    stops(ExitCode.USAGE, () -> read("", "- {logicalType: string}")).contains("''");
  }

  @Test
  void refusesPoliciesOnDuplicatesThatSayNothing() {
    String key = "- {name: a, primaryKey: true}";
    stops(ExitCode.USAGE, () -> read(Fixture.keepNewest("b"), key))
        .contains("newestBy is 'b'")
        .contains("a column of the table");
    stops(ExitCode.USAGE, () -> read(Fixture.keepNewest("a"), "- {name: a}"))
        .contains("beside a key");
    stops(
            ExitCode.USAGE,
            () -> read(Fixture.keepNewest("a").replace("keep-newest", "keep-any"), key))
        .contains("keep-any");
    stops(ExitCode.USAGE, () -> read("customProperties: [{property: newestBy, value: a}]", key))
        .contains("newestBy is given");
  }
}

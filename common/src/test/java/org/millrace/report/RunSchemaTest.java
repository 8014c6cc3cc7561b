package org.millrace.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.Gallery;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.ModelReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.Picture;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.report.RunReport.StepReport;

class RunSchemaTest {
  private static final Path DOCS = Path.of(System.getProperty("millrace.home"), "docs");
  private static final ObjectMapper PLAIN = new ObjectMapper();
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, Class<? extends Record>> DEFINITIONS =
      Map.ofEntries(
          Map.entry("job", JobReport.class),
          Map.entry("step", StepReport.class),
          Map.entry("input", InputReport.class),
          Map.entry("rule", RuleReport.class),
          Map.entry("output", OutputReport.class),
          Map.entry("model", ModelReport.class),
          Map.entry("metric", MetricReport.class),
          Map.entry("chart", Chart.class),
          Map.entry("series", Chart.Series.class),
          Map.entry("fact_table", FactTable.class),
          Map.entry("gallery", Gallery.class),
          Map.entry("picture", Picture.class));

  @Test
  void everyKindOfRunIsValid() throws IOException {
    for (RunReport report :
        List.of(
            SampleRuns.recommendation(),
            SampleRuns.running(),
            SamplePages.crowded(),
            SampleRuns.ended("failed", 1, "The disk is full."),
            SampleRuns.ended("failed", 2, "movies.conf: 7: rank must be at least 1, was 0."),
            SampleRuns.ended("refused", 3, "12% of the rows break ratings.v1."),
            SampleRuns.ended("refused", 4, "RMSE 1.2 is above 0.92."))) {
      assertThat(problems(text(report))).isEmpty();
    }
  }

  @Test
  void whatIsNotARunReportIsInvalid() throws IOException {
    String json = text(SampleRuns.recommendation());

    assertThat(problems(json.replace("\"host\"", "\"hots\""))).isNotEmpty();
    assertThat(problems(json.replace("\"status\" : \"done\"", "\"status\" : \"fine\"")))
        .isNotEmpty();
    assertThat(problems(json.replace("04:10:00Z", "04:10:00+02:00"))).isNotEmpty();
    assertThat(problems(json.replace("\"read\" : 100004", "\"read\" : -1"))).isNotEmpty();
    assertThat(problems(json.replace("\"bar\"", "\"BAR\""))).isNotEmpty();
    for (String deep :
        List.of("/jobs/0", "/jobs/0/inputs/0/rejects_by_rule/0", "/jobs/0/charts/0")) {
      JsonNode run = PLAIN.readTree(json);
      ((ObjectNode) run.at(deep)).put("extra", 1);
      assertThat(problems(run.toString())).as(deep).hasSize(1);
    }
  }

  @Test
  void schemaAndRecordsHaveTheSameKeysInTheSameOrder() throws IOException {
    JsonNode schema = PLAIN.readTree(DOCS.resolve("run.schema.json").toFile());

    assertSameKeys(schema, RunReport.class);
    assertThat(names(schema.get("$defs")))
        .containsExactlyInAnyOrderElementsOf(DEFINITIONS.keySet());
    DEFINITIONS.forEach((name, type) -> assertSameKeys(schema.at("/$defs/" + name), type));
    assertThat(
            Stream.concat(
                Stream.of(RunReport.class, Chart.class),
                Stream.of(RunReport.class, Chart.class)
                    .flatMap(type -> Arrays.stream(type.getDeclaredClasses()))
                    .filter(Class::isRecord)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(RunReport.class), DEFINITIONS.values().stream()).toList());
  }

  @Test
  void pageTellsEveryKeyAsTheSchemaDoes() throws IOException {
    JsonNode schema = PLAIN.readTree(DOCS.resolve("run.schema.json").toFile());
    String page = Files.readString(DOCS.resolve("run-json.md"), UTF_8);

    Stream.concat(Stream.of(schema), DEFINITIONS.keySet().stream().map(schema.get("$defs")::get))
        .flatMap(type -> type.get("properties").properties().stream())
        .forEach(
            key ->
                assertThat(page)
                    .containsPattern(
                        Pattern.quote("| `" + key.getKey() + "` | ")
                            + "[^|]+"
                            + Pattern.quote(
                                " | " + key.getValue().get("description").asText() + " |")));
  }

  @Test
  void exampleOfThePageIsWhatARunWrites() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(DOCS.resolve("run-json.md"), UTF_8));

    assertThat(example.find()).isTrue();
    String json = example.group(1);
    assertThat(problems(json)).isEmpty();
    assertThat(text(RunJson.read(json.getBytes(UTF_8)))).isEqualTo(json);
  }

  private static void assertSameKeys(JsonNode type, Class<? extends Record> record) {
    List<String> components =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getName)
            .map(PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE::translate)
            .toList();
    assertThat(names(type.get("properties"))).as(record.getName()).isEqualTo(components);
    List<String> required = new ArrayList<>();
    type.get("required").forEach(name -> required.add(name.asText()));
    assertThat(required).as(record.getName()).isEqualTo(components);
    assertThat(type.get("additionalProperties").isBoolean()).isTrue();
    assertThat(type.get("additionalProperties").asBoolean()).isFalse();
    assertThat(type.get("description").asText()).isNotBlank();
    type.get("properties")
        .properties()
        .forEach(
            key ->
                assertThat(key.getValue().path("description").asText())
                    .as(record.getName() + " " + key.getKey())
                    .isNotBlank());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text(RunReport report) {
    return new String(RunJson.write(report), UTF_8);
  }

  private static Set<ValidationMessage> problems(String json) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                Files.readString(DOCS.resolve("run.schema.json"), UTF_8),
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    return schema.validate(json, InputFormat.JSON);
  }
}

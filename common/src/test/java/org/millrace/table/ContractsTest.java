package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Stops.stops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.outcome.ExitCode;

final class ContractsTest {
  private static final Path OURS = Path.of(System.getProperty("millrace.home"), "data-schemas");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(OURS)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static JsonSchema standard() throws IOException {
    try (InputStream schema =
        ContractsTest.class.getResourceAsStream("/odcs-json-schema-v3.1.0.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909).getSchema(schema);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyContractKeepsTheStandardAndCanBeRead(Path file) throws IOException {
    JsonNode tree = YAML.readTree(file.toFile());

    assertThat(standard().validate(tree)).isEmpty();

    String name = file.getFileName().toString().replace(".odcs.yaml", "");
    Contract contract = new Contracts(List.of(OURS)).get(name);
    assertThat(contract.id()).isEqualTo(name);
    assertThat(name).isEqualTo(tree.path("name").asText() + ".v" + contract.version().charAt(0));
    assertThat(contract.fieldNames())
        .isEqualTo(tree.path("schema").get(0).path("properties").findValuesAsText("name"));
    assertThat(contract.fields()).allMatch(f -> !f.description().isEmpty());
  }

  @Test
  void theStandardsSchemaFindsFaults() throws IOException {
    JsonNode broken =
        YAML.readTree(Fixture.yaml("", "- {name: a, logicalType: text}").replace("status", "stat"));

    assertThat(standard().validate(broken)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void theFirstFolderComesFirstAndTheJarLast() throws IOException {
    Fixture one = new Fixture(folder.resolve("one")).contract("a.v1", "- {name: first}");
    Fixture two = new Fixture(folder.resolve("two")).contract("a.v1", "- {name: second}");
    two.contract("b.v1", "- {name: second}");
    Fixture jar = new Fixture(folder.resolve("jar"));
    for (String name : List.of("a", "b", "c")) {
      jar.write("data-schemas/%s.v1.odcs.yaml".formatted(name), Fixture.yaml("", "- {name: jar}"));
    }
    Contracts contracts = new Contracts(List.of(one.path("contracts"), two.path("contracts")));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader packed =
        new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, before)) {
      thread.setContextClassLoader(packed);

      assertThat(contracts.get("a.v1").fieldNames()).containsExactly("first");
      assertThat(contracts.get("b.v1").fieldNames()).containsExactly("second");
      assertThat(contracts.get("c.v1").fieldNames()).containsExactly("jar");
      assertThat(contracts.get("c.v1").origin()).contains("in the jar");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void saysWhereItLooked() {
    Contracts contracts = new Contracts(List.of(folder));
    stops(ExitCode.USAGE, () -> contracts.get("ratings.v9"))
        .contains("ratings.v9.odcs.yaml")
        .contains(folder.toString());
    stops(ExitCode.USAGE, () -> contracts.get("ratings")).contains("such as ratings.v1");
    stops(ExitCode.USAGE, () -> contracts.get("../x.v1")).contains("'../x.v1'");
  }
}

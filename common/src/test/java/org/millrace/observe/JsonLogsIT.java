package org.millrace.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;

class JsonLogsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private DemoUseCase bug() {
    return DemoUseCase.in(
        folder,
        "steps = [demo.copy, demo.end]",
        "demo.copy.numbers.path = $numbers",
        "demo.end.ending { kind = bug, bug.message = \"two\\nlines\" }");
  }

  private static List<JsonNode> lines(Path log) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void eachLineOfTheRunsLogIsAnObject() throws IOException {
    DemoUseCase useCase = bug();

    CommandResult run = useCase.run("--set", "observe.logs=json");

    assertThat(run.exitCode()).isEqualTo(1);
    List<JsonNode> lines = lines(run.runFolder(useCase.root()).resolve("run.log"));
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("@timestamp").asText()).startsWith("20");
              assertThat(line.path("message").isTextual()).isTrue();
              assertThat(line.path("millrace.run_id").asText()).isEqualTo(run.runId());
              assertThat(line.path("millrace.use_case").asText()).isEqualTo("demo");
              assertThat(line.path("service.name").asText()).isEqualTo("millrace");
            })
        .anySatisfy(
            line -> {
              assertThat(line.path("log.level").asText()).isEqualTo("ERROR");
              assertThat(line.path("error.message").asText()).isEqualTo("two\nlines");
              assertThat(line.path("error.stack_trace").asText()).contains("DemoEnd");
            });
  }

  @Test
  void wordsAreTheDefault() throws IOException {
    DemoUseCase useCase = bug();

    CommandResult run = useCase.run();

    assertThat(Files.readString(run.runFolder(useCase.root()).resolve("run.log")))
        .contains(" ERROR Runner: ")
        .doesNotContain("@timestamp");
  }
}

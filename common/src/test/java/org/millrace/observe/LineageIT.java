package org.millrace.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.config.Observe;
import org.millrace.outcome.Stop;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;

class LineageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static List<String> names(JsonNode datasets) {
    return StreamSupport.stream(datasets.spliterator(), false)
        .map(dataset -> dataset.path("name").asText())
        .toList();
  }

  @Test
  void eventsTellWhatWasReadAndWhereItIsPublished() throws IOException {
    Path events = folder.resolve("events.json");
    DemoUseCase copies =
        DemoUseCase.in(
            folder,
            "steps = [demo.copy]",
            "demo.copy.numbers.path = $numbers",
            "observe.lineage { namespace = mill",
            "  transport { kind = file, file.location = \"" + events + "\" } }");

    List<String> published = new ArrayList<>();
    List<String> read = new ArrayList<>();
    // The listener looks a query up when it hears of it, and makes no event of one that is over by
    // then: queries of five rows sometimes are.
    for (int attempt = 0; attempt < 5 && (read.isEmpty() || published.isEmpty()); attempt++) {
      Files.deleteIfExists(events);
      CommandResult run = copies.run();
      assertThat(run.exitCode()).as(run.toString()).isZero();
      for (String line : Files.readAllLines(events)) {
        JsonNode event = JSON.readTree(line);
        assertThat(event.path("job").path("namespace").asText()).isEqualTo("mill");
        assertThat(event.path("job").path("name").asText()).startsWith("demo");
        assertThat(event.toString()).contains(run.runId());
        // A run's inputs and outputs are those of all its events together.
        read.addAll(names(event.path("inputs")));
        if (event.path("eventType").asText().equals("COMPLETE")) {
          published.addAll(names(event.path("outputs")));
        }
      }
    }
    assertThat(published).containsOnly(copies.partition("tables/copies").toString());
    assertThat(read).containsOnly(folder.resolve("numbers.csv").toString());
  }

  @Test
  void aServerThatIsNotThereFailsNoRun() throws IOException {
    DemoUseCase copies =
        DemoUseCase.in(
            folder,
            "steps = [demo.copy]",
            "demo.copy.numbers.path = $numbers",
            "observe.lineage.transport { kind = http",
            "  http.url = \"http://127.0.0.1:" + Listening.freePort() + "\" }");

    CommandResult run = copies.run();

    assertThat(run.exitCode()).as(run.toString()).isZero();
  }

  @Test
  void withoutTheListenersJarARunStopsWithASentence() {
    Observe observe =
        new Observe(
            Observe.Logs.TEXT,
            new Observe.Metrics(false, Optional.empty(), Optional.empty()),
            Optional.of(new Observe.Lineage("mill", new Observe.File("events.json"))),
            Optional.empty());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThatThrownBy(() -> SparkProperties.of(observe, "demo", "demo-1", Map.of()))
          .isInstanceOf(Stop.class)
          .hasMessageContaining("io.openlineage:openlineage-spark_2.12");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aTokenIsSentAndHiddenFromTheWebPages() {
    Observe observe =
        new Observe(
            Observe.Logs.TEXT,
            new Observe.Metrics(false, Optional.empty(), Optional.empty()),
            Optional.of(
                new Observe.Lineage("mill", new Observe.Http("http://host", Optional.of("t0")))),
            Optional.empty());

    assertThat(
            SparkProperties.of(observe, "demo", "demo-1", Map.of("spark.extraListeners", "x.Mine")))
        .containsEntry(
            "spark.extraListeners", "x.Mine,io.openlineage.spark.agent.OpenLineageSparkListener")
        .containsEntry("spark.openlineage.transport.type", "http")
        .containsEntry("spark.openlineage.transport.url", "http://host")
        .containsEntry("spark.openlineage.transport.auth.apiKey", "t0")
        .hasEntrySatisfying(
            "spark.redaction.regex",
            regex -> assertThat("spark.openlineage.transport.auth.apiKey").containsPattern(regex));
  }
}

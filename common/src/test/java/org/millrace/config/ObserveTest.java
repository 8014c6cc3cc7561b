package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.Stop;

class ObserveTest {
  @TempDir private Path folder;

  private Observe observe(String... lines) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.conf"),
            "use-case = x\nsteps = [a.b]\n" + String.join("\n", lines) + "\n");
    Problems problems = new Problems();
    Optional<Settings> settings =
        new Binder(problems)
            .bind(Settings.class, "", Layers.read(file, Optional.empty(), List.of()));
    problems.throwIfAny();
    return settings.orElseThrow().observe();
  }

  @Test
  void nobodyIsToldByDefault() throws IOException {
    assertThat(observe())
        .isEqualTo(
            new Observe(
                Observe.Logs.TEXT,
                new Observe.Metrics(false, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void allKeysBind() throws IOException {
    assertThat(
            observe(
                "observe.logs = json",
                "observe.metrics { live = true, textfile-folder = /m, push-gateway = \"http://p:9091\" }",
                "observe.lineage { namespace = n",
                "  transport { kind = http, http { url = \"https://l/api\", token = t } } }",
                "observe.mlflow { tracking-uri = \"http://m:5000\", experiment = e, timeout = 5 s }"))
        .isEqualTo(
            new Observe(
                Observe.Logs.JSON,
                new Observe.Metrics(true, Optional.of("/m"), Optional.of("http://p:9091")),
                Optional.of(
                    new Observe.Lineage("n", new Observe.Http("https://l/api", Optional.of("t")))),
                Optional.of(
                    new Observe.Mlflow("http://m:5000", Optional.of("e"), Duration.ofSeconds(5)))));
  }

  @Test
  void wrongValuesAreRefusedWithTheirLine() {
    assertThatThrownBy(() -> observe("observe.metrics.push-gateway = \"host:9091\""))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("x.conf:3: observe.metrics.push-gateway is")
        .hasMessageContaining("a URL such as http://host:9091");
    assertThatThrownBy(() -> observe("observe.lineage {}"))
        .hasMessageContaining("observe.lineage.transport.kind is missing");
    assertThatThrownBy(() -> observe("observe.mlflow { experiment = e }"))
        .hasMessageContaining("observe.mlflow.tracking-uri is missing");
    assertThatThrownBy(() -> observe("observe.metric.live = true"))
        .hasMessageContaining("did you mean metrics?");
  }
}

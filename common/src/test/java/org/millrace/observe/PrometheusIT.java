package org.millrace.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;

class PrometheusIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path folder;
  private DemoUseCase copies;

  @BeforeEach
  void write() {
    copies =
        DemoUseCase.in(
                folder,
                "steps = [demo.copy]",
                "demo.copy { numbers { path = $numbers, max-reject-share = 0.5 } }")
            .numbers("a,1", "b,2", "c,-3");
  }

  @Test
  void aRunLeavesItsLastFiguresForTheTextfileCollector() throws IOException {
    Path collected = Files.createDirectory(folder.resolve("collected"));
    String set = "observe.metrics.textfile-folder=" + collected;

    CommandResult run = copies.run("--set", set);

    assertThat(run.exitCode()).as(run.toString()).isZero();
    Path file = collected.resolve("millrace_demo.prom");
    assertThat(Files.readString(file).lines())
        .contains(
            "# TYPE millrace_rows_read gauge",
            "millrace_rows_read{job=\"demo.copy\",table=\"numbers\",use_case=\"demo\"} 3.0",
            "millrace_rows_rejected{job=\"demo.copy\",table=\"numbers\",use_case=\"demo\"} 1.0",
            "millrace_rows_published{job=\"demo.copy\",table=\"tables/copies\",use_case=\"demo\"} 2.0",
            "millrace_run_exit_code{use_case=\"demo\"} 0.0")
        .anyMatch(
            l -> l.startsWith("millrace_step_seconds{job=\"demo.copy\",step=\"read numbers\""))
        .anyMatch(l -> l.startsWith("millrace_run_end_timestamp_seconds{use_case=\"demo\"} 1"));
    assertThat(Files.getPosixFilePermissions(file).toString()).contains("OTHERS_READ");

    CommandResult failed = copies.numbers("a,-1", "b,2", "c,-3").run("--set", set);

    assertThat(failed.exitCode()).as(failed.toString()).isEqualTo(3);
    assertThat(Files.readString(file).lines())
        .contains("millrace_run_exit_code{use_case=\"demo\"} 3.0");
    assertThat(collected.toFile().list()).containsExactly("millrace_demo.prom");
  }

  @Test
  void aRunPushesItsLastFiguresInPlaceOfThoseBefore() throws IOException {
    try (Listening gateway = new Listening(202)) {
      CommandResult run =
          copies.run("--set", "observe.metrics.push-gateway=" + gateway.url() + "/");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(gateway.heard()).hasSize(1);
      assertThat(gateway.heard().get(0))
          .startsWith("PUT /metrics/job/millrace/use_case/demo\n")
          .contains(
              "millrace_rows_read{job=\"demo.copy\",table=\"numbers\",use_case=\"demo\"} 3.0");
    }
  }

  @Test
  void whoDoesNotListenFailsNoRun() throws IOException {
    try (Listening refusing = new Listening(503)) {
      CommandResult run =
          copies.run(
              "--set",
              "observe.metrics.push-gateway=" + refusing.url(),
              "--set",
              "observe.metrics.textfile-folder=" + folder.resolve("nowhere"),
              "--set",
              "observe.mlflow.tracking-uri=http://127.0.0.1:" + Listening.freePort(),
              "--set",
              "observe.mlflow.timeout=2 s");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.out())
          .contains("warning: observe.metrics.push-gateway " + refusing.url(), "503 so it is")
          .contains("warning: observe.metrics.textfile-folder " + folder.resolve("nowhere"))
          .contains("warning: observe.mlflow http://127.0.0.1");
      Path log = run.runFolder(copies.root()).resolve("run.log");
      assertThat(run.report(copies.root()).exitCode()).contains(0);
      assertThat(log).exists();
    }
  }

  @Test
  void aRunServesItsFiguresWhileItLives() throws Exception {
    int port = Listening.freePort();
    Path seen = folder.resolve("seen");
    copies.also(
        "steps = [demo.copy, demo.end]",
        "demo.end.ending { kind = wait, wait.file = \"" + seen + "\" }");
    CompletableFuture<CommandResult> run =
        CompletableFuture.supplyAsync(
            () ->
                copies.run(
                    "--set",
                    "observe.metrics.live=true",
                    "--set",
                    "spark.ui.enabled=true",
                    "--set",
                    "spark.ui.port=" + port));

    String pages = "http://127.0.0.1:" + port + "/metrics";
    String served = "";
    String executors = "";
    while (!run.isDone()
        && !(served.contains("rows_published") && executors.contains("metrics_executor_"))) {
      served = get(pages + "/prometheus/");
      executors = get(pages + "/executors/prometheus");
      Thread.sleep(50);
    }
    Files.createFile(seen);

    assertThat(run.get().exitCode()).as(run.get().toString()).isZero();
    assertThat(served)
        .contains("metrics_millrace_driver_millrace_rows_read_demo_copy_numbers_Value")
        .contains("metrics_millrace_driver_millrace_rows_published_demo_copy_tables_copies_Value")
        .contains("metrics_millrace_driver_DAGScheduler_stage_failedStages_Value");
    assertThat(served.lines())
        .anyMatch(
            l ->
                l.startsWith(
                        "metrics_millrace_driver_millrace_rows_rejected_demo_copy_numbers_Value")
                    && l.endsWith(" 1.0"));
    assertThat(executors).contains("metrics_executor_memoryUsed_bytes");
  }

  private static String get(String url) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException e) {
      return ""; // Not there yet.
    }
  }

  @Test
  void withoutWebPagesNothingIsServed() {
    CommandResult run =
        copies.run("--set", "observe.metrics.live=true", "--set", "spark.ui.enabled=false");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("observe.metrics.live is true, but spark.ui.enabled is false");
  }
}

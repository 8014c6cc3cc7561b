package org.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.Main;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;
import org.millrace.testing.Forked;
import org.millrace.testing.RunSchema;

/** Runs that are stopped or killed from outside, in processes of their own. */
class InterruptionIT {
  @TempDir Path folder;

  private Forked hanging(DemoUseCase useCase) throws Exception {
    Forked process =
        Forked.run(
            Main.class,
            "run",
            useCase.file().toString(),
            "--root",
            useCase.root().toString(),
            "--date",
            DemoUseCase.DATE,
            "--set",
            "spark.master=local[1]",
            "--set",
            "demo.end.ending.kind=hang");
    await(() -> isLocked(useCase));
    return process;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /**
   * The lock is taken when the steps are about to begin. An empty one is being written: who is
   * killed then is known to be dead only after its silence.
   */
  private static boolean isLocked(DemoUseCase useCase) {
    try (var files = Files.walk(useCase.root().resolve(".locks"))) {
      return files.anyMatch(f -> f.toString().endsWith(".lock") && f.toFile().length() > 0);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static Path onlyRun(DemoUseCase useCase) throws IOException {
    try (var found = Files.list(useCase.root().resolve("runs"))) {
      return found.findFirst().orElseThrow();
    }
  }

  private static RunReport report(Path run) throws IOException {
    return RunJson.read(Files.readAllBytes(run.resolve("run.json")));
  }

  @Test
  void aSignalEndsTheRunWithASentenceAndNoTraces() throws Exception {
    DemoUseCase useCase = DemoUseCase.in(folder, "steps = [demo.end]");
    Forked process = hanging(useCase);
    process.stop();
    Forked.Ended ended = process.within(60);

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.output()).contains("told to stop").doesNotContain("\tat ");
    Path run = onlyRun(useCase);
    assertThat(report(run).status()).isEqualTo("failed");
    assertThat(report(run).exitCode()).isEqualTo(Optional.of(1));
    assertThat(run.resolve("report.html")).exists();
  }

  @Test
  void theRunThatTakesOverTellsThatTheOtherDied() throws Exception {
    DemoUseCase useCase = DemoUseCase.in(folder, "steps = [demo.end]");
    Forked process = hanging(useCase);
    process.kill();
    process.within(60);
    Path dead = onlyRun(useCase);
    assertThat(report(dead).status()).isEqualTo("running");
    CommandResult next = useCase.run();

    assertThat(next.exitCode()).as(next.out()).isZero();
    assertThat(report(dead).status()).isEqualTo("failed");
    assertThat(report(dead).message()).contains("died", next.runId());
    assertThat(RunSchema.problems(dead.resolve("run.json"))).isEmpty();
  }
}

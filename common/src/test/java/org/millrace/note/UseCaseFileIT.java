package org.millrace.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.Stop;
import org.millrace.testing.DemoUseCase;

class UseCaseFileIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .appName("a notebook")
          .config("spark.sql.session.timeZone", "Asia/Tokyo")
          .getOrCreate();

  @TempDir private Path folder;

  @AfterAll
  static void stop() {
    SPARK.stop();
  }

  private UseCaseFile copies(String... more) {
    DemoUseCase demo =
        DemoUseCase.in(folder, "steps = [demo.copy]", "demo.copy.numbers.path = $numbers")
            .also(more);
    return UseCaseFile.of(demo.file().toString()).root(demo.root().toString());
  }

  @Test
  void aRunLeavesTheSessionAsItWas() {
    NoteRun run =
        copies("spark { executor.memory = 7g, sql.shuffle.partitions = 3 }")
            .date("2026-01-31")
            .set("demo.copy.times", "5")
            .run(SPARK);

    assertThat(run.exitCode()).as(run.message()).isZero();
    assertThat(run.outputs()).hasSize(1);
    assertThat(run.outputs().get(0)).endsWith("tables/copies/ds=2026-01-31");
    assertThat(run.rows().selectExpr("sum(amount)").first().getDouble(0)).isEqualTo(30);
    assertThat(run.html()).startsWith("<!DOCTYPE html>");
    assertThat(run.report().master()).isEqualTo("local[2]");
    assertThat(SPARK.sparkContext().isStopped()).isFalse();
    assertThat(SPARK.conf().get("spark.sql.session.timeZone")).isEqualTo("Asia/Tokyo");
    assertThat(SPARK.conf().get("spark.sql.shuffle.partitions")).isNotEqualTo("3");
    assertThat(NoteRun.open(SPARK, run.report().root(), run.runId()).report())
        .isEqualTo(run.report());
    assertThat(NoteRun.latest(SPARK, run.report().root(), "demo").runId()).isEqualTo(run.runId());
    assertThatThrownBy(() -> NoteRun.latest(SPARK, run.report().root(), "dem"))
        .hasMessageContaining("has no run of dem");
  }

  @Test
  void aRunThatFailsTellsWhyAndTheNextOneGoesOn() {
    UseCaseFile file = copies("steps = [demo.end]").set("demo.end.ending.kind", "bug");

    NoteRun failed = file.set("demo.end.ending.bug.message", "no luck").run(SPARK);

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.message()).contains("no luck");
    assertThatThrownBy(failed::rows).isInstanceOf(Stop.class).hasMessageContaining("no luck");
    assertThat(file.set("demo.end.ending.kind", "well").run(SPARK).exitCode()).isZero();
  }

  @Test
  void aWrongConfigurationIsASentence() {
    assertThatThrownBy(() -> copies().set("demo.copy.tims", "2").run(SPARK))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("did you mean times?");
    assertThat(SPARK.sparkContext().isStopped()).isFalse();
  }
}

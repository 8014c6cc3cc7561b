package org.millrace.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;

class SizesTest {
  private static final String GPUS = "spark.executor.resource.gpu.amount";
  private static final String OF_TASK = "spark.task.resource.gpu.amount";

  @Test
  void whatIsNotStatedIsSparksDefault() {
    Sizes sizes = Sizes.of(Map.of("spark.executor.memory", "10g"));

    assertThat(sizes.executorMib()).isEqualTo(10240 + 1024);
    assertThat(sizes.driverMib()).isEqualTo(1024 + 384);
    assertThat(sizes.slots()).isEqualTo(2);
  }

  @Test
  void slotsAreWhatCoresAndGpusGive() {
    Map<String, String> cores =
        Map.of(
            "spark.executor.instances", "3",
            "spark.executor.cores", "5",
            "spark.task.cpus", "2");
    assertThat(Sizes.of(cores).slots()).isEqualTo(6);
    Map<String, String> gpus =
        Map.of(
            "spark.executor.instances", "3", "spark.executor.cores", "8", GPUS, "2", OF_TASK, "1");
    assertThat(Sizes.of(gpus).slots()).isEqualTo(6);
    Map<String, String> shared =
        Map.of(
            "spark.executor.instances",
            "3",
            "spark.executor.cores",
            "8",
            GPUS,
            "2",
            OF_TASK,
            "0.4");
    assertThat(Sizes.of(shared).slots()).isEqualTo(12);
  }

  @Test
  void aTaskThatFitsNoExecutorIsRefused() {
    assertThatThrownBy(() -> Sizes.of(Map.of(GPUS, "1", OF_TASK, "2")).check())
        .isInstanceOf(Stop.class)
        .hasMessageContaining("spark.task.resource.gpu.amount is 2")
        .hasMessageContaining("spark.executor.resource.gpu.amount is 1");
    assertThatThrownBy(() -> Sizes.of(Map.of("spark.task.cpus", "2")).check())
        .isInstanceOf(Stop.class)
        .hasMessageContaining("give the executors 2 cores");
    assertThatThrownBy(() -> Sizes.of(Map.of("spark.executor.instances", "many")))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("spark.executor.instances is 'many'");
  }
}

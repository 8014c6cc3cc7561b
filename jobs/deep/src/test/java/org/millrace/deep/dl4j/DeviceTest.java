package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class DeviceTest {
  @Test
  void aTaskWithAGpuDoesNotRunOnTheCpu() {
    Dl4jEngine engine =
        new Dl4jEngine(Samples.cnn(), Samples.optimization(Samples.SGD, 0.1), 7, 10);
    Stop stop = catchThrowableOfType(Stop.class, () -> engine.replica(new Slot(3)));
    assertThat(stop.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(stop).hasMessageStartingWith("the task has GPU 3, but ND4J runs on the CPU");
  }
}

package org.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only a cluster has is not asked of one machine. */
class OneMachineIT {

  @Test
  void tasksOfOneProcessGetNoGpus() throws Exception {
    Submit.Ended ended =
        Submit.start(Map.of(), List.of("run", "conf/use-cases/fashion.conf", "--profile", "gpu"))
            .within(60);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output())
        .contains("the profile asks for GPUs, and Spark gives none to tasks under local[*]")
        .contains("--env yarn", "--profile cpu");
  }
}

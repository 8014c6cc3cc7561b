package org.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;

class RunNameTest {

  @Test
  void aNewNameIsOneThatMayBeGiven() {
    RunName next = RunName.next("loan-default");

    assertThat(RunName.parse("loan-default", next.id())).isEqualTo(next);
    assertThat(RunName.next("loan-default")).isNotEqualTo(next);
  }

  @Test
  void namesOfOthersAreRefused() {
    for (String id : new String[] {"films", "films-20260131", "x-20260131T120000Z-3f2c1a", ""}) {
      assertThatThrownBy(() -> RunName.parse("films", id))
          .isInstanceOf(Stop.class)
          .hasMessageContaining("--run-id " + id)
          .hasMessageContaining("such as films-");
    }
  }
}

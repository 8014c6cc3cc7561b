package org.millrace.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.millrace.outcome.Stop;

class AtOnceTest {
  @Test
  @Timeout(60)
  void inputsAreWorkedOnAtOnceAndResultsKeepTheirOrder() {
    CountDownLatch both = new CountDownLatch(2);
    List<Integer> doubled =
        AtOnce.all(
            2,
            List.of(1, 2, 3),
            n -> {
              both.countDown();
              try {
                // Only ends where a second one runs beside the first.
                assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 2 * n;
            });
    assertThat(doubled).containsExactly(2, 4, 6);
  }

  @Test
  void aSentenceForTheOperatorStaysOne() {
    assertThatThrownBy(
            () ->
                AtOnce.all(
                    4,
                    List.of("good", "bad"),
                    name -> {
                      if (name.equals("bad")) {
                        throw Stop.contract("no row of %s", name);
                      }
                      return name;
                    }))
        .isInstanceOf(Stop.class)
        .hasMessage("no row of bad");
  }
}

package org.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class FailureTest {

  @Test
  void aStopIsItsSentenceHoweverDeepItIsWrapped() {
    Throwable wrapped = new RuntimeException(new IllegalStateException(Stop.gate("too weak")));

    assertThat(Failure.of(wrapped, "/r")).isEqualTo(new Failure(ExitCode.GATE, "too weak", false));
  }

  @Test
  void aFullDiskIsToldAsSuch() {
    Throwable full =
        new RuntimeException("Job aborted", new IOException("No space left on device"));

    Failure failure = Failure.of(full, "/r");

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(failure.sentence()).startsWith("the disk is full").contains("under /r");
  }

  @Test
  void aBugIsTheFirstLineOfItsInnermostCause() {
    assertThat(Failure.of(new RuntimeException("x", new IOException("broken\nmore")), "/r"))
        .isEqualTo(new Failure(ExitCode.FAILED, "IOException: broken", true));
    assertThat(Failure.of(new NullPointerException(), "/r").sentence())
        .isEqualTo("NullPointerException");
  }
}

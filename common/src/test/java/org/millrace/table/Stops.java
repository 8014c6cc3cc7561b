package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

/** Asserts on how a command ends. */
public final class Stops {
  private Stops() {}

  /** The sentence of the {@link Stop} that the call ends with. */
  public static AbstractStringAssert<?> stops(ExitCode exitCode, ThrowingCallable call) {
    Stop stop = catchThrowableOfType(Stop.class, call);
    assertThat(stop).as("the call did not stop").isNotNull();
    assertThat(stop.exitCode()).as(stop.getMessage()).isEqualTo(exitCode);
    return assertThat(stop.getMessage());
  }
}

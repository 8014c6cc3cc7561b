package org.millrace.launch;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** An application of YARN, found by the tag that the launcher gave it. */
final class YarnApplication implements Application {
  private final YarnCluster yarn;
  private final String tag;

  YarnApplication(YarnCluster yarn, String tag) {
    this.yarn = yarn;
    this.tag = tag;
  }

  private Optional<ApplicationReport> report() throws IOException {
    try {
      return yarn
          .client()
          .getApplications(Set.of("SPARK"), EnumSet.allOf(YarnApplicationState.class), Set.of(tag))
          .stream()
          .findFirst();
    } catch (YarnException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public State state() throws IOException {
    return report().map(YarnApplication::stateOf).orElse(State.ABSENT);
  }

  private static State stateOf(ApplicationReport report) {
    String name = report.getApplicationId().toString();
    String why = String.valueOf(report.getDiagnostics()).strip();
    return switch (report.getYarnApplicationState()) {
      case NEW, NEW_SAVING, SUBMITTED, ACCEPTED ->
          State.of(Phase.WAITING, name, "waits in queue %s: %s".formatted(report.getQueue(), why));
      case RUNNING -> State.of(Phase.RUNNING, name, String.valueOf(report.getTrackingUrl()));
      case FINISHED, FAILED, KILLED ->
          new State(
              Phase.ENDED,
              name,
              report.getFinalApplicationStatus() == FinalApplicationStatus.SUCCEEDED,
              OptionalInt.empty(),
              why.isEmpty() ? "YARN says " + report.getYarnApplicationState() : why);
    };
  }

  @Override
  public String free() {
    return yarn.free();
  }

  @Override
  public String howToEnd(State state) {
    return "yarn application -kill " + state.name();
  }

  @Override
  public void kill() throws IOException {
    Optional<ApplicationReport> report = report();
    if (report.isPresent()) {
      try {
        yarn.client().killApplication(report.get().getApplicationId());
      } catch (YarnException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() {
    yarn.close();
  }
}

package org.millrace.deep.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a rank ended. A rank that fails tells it as its task's result: of a barrier stage that a task
 * has failed by an exception, Spark tells the driver no more than that.
 *
 * @param exitCode of a stop, null for other ends
 * @param sentence for the operator
 * @param trace for the log
 */
record RankOutcome(int rank, Kind kind, ExitCode exitCode, String sentence, String trace) {
  private static final Logger LOG = LoggerFactory.getLogger(RankOutcome.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** From the one that explains the others' to the one that explains nothing. */
  enum Kind {
    /** Nothing that another attempt would change. */
    STOPPED,
    /** A bug. */
    BROKEN,
    /** A file system or the network. */
    TROUBLE,
    /** The collective: another rank is gone. */
    LOST,
    /** Another rank said, before they met, that it cannot. */
    LEFT_ALONE,
    DONE
  }

  static RankOutcome done(int rank) {
    return new RankOutcome(rank, Kind.DONE, null, "", "");
  }

  static RankOutcome leftAlone(int rank) {
    return new RankOutcome(rank, Kind.LEFT_ALONE, null, "another rank failed at its start", "");
  }

  static RankOutcome of(int rank, Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    if (thrown instanceof Stop stop) {
      return new RankOutcome(
          rank, Kind.STOPPED, stop.exitCode(), stop.getMessage(), trace.toString());
    }
    if (thrown instanceof CollectiveFailure lost) {
      return new RankOutcome(rank, Kind.LOST, null, lost.getMessage(), trace.toString());
    }
    boolean io = thrown instanceof IOException || thrown instanceof UncheckedIOException;
    Kind kind = io || thrown instanceof CancelledException ? Kind.TROUBLE : Kind.BROKEN;
    String sentence = "rank %d: %s".formatted(rank, thrown);
    return new RankOutcome(rank, kind, null, sentence, trace.toString());
  }

  /**
   * What an attempt comes to, by the rank whose end explains the others'.
   *
   * @return why another attempt may do better; empty where all are done
   * @throws Stop where it would not
   */
  static Optional<String> judge(List<RankOutcome> outcomes) {
    outcomes.stream()
        .filter(o -> o.kind != Kind.DONE)
        .forEach(
            o -> LOG.warn("rank {} ended: {}", o.rank, o.trace.isEmpty() ? o.sentence : o.trace));
    RankOutcome worst =
        outcomes.stream().min(Comparator.comparing(RankOutcome::kind)).orElseThrow();
    return switch (worst.kind) {
      case STOPPED -> throw worst.stop();
      case BROKEN -> throw new IllegalStateException(worst.sentence + "\n" + worst.trace);
      case TROUBLE, LOST, LEFT_ALONE -> Optional.of(worst.sentence);
      case DONE -> Optional.empty();
    };
  }

  private Stop stop() {
    return switch (exitCode) {
      case USAGE -> Stop.usage("%s", sentence);
      case CONTRACT -> Stop.contract("%s", sentence);
      case GATE -> Stop.gate("%s", sentence);
      default -> Stop.failed("%s", sentence);
    };
  }

  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static RankOutcome of(String line) {
    try {
      return JSON.readValue(line, RankOutcome.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

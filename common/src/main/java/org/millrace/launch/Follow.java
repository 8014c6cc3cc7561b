package org.millrace.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.millrace.launch.Application.Phase;
import org.millrace.launch.Application.State;
import org.millrace.outcome.Stop;

/**
 * The process that {@code submit/millrace} becomes for a run on a cluster: submits it, looks after
 * it, and ends with its exit code and its summary. A signal ends this process and not the run,
 * unless the driver is its child.
 */
public final class Follow {
  private static final long POLL_MILLIS = 1000;

  /** How long an application that spark-submit has submitted may be unknown to its cluster. */
  private static final Duration UNKNOWN = Duration.ofSeconds(30);

  /** How long spark-submit may take to send the jars. */
  private static final Duration SUBMISSION = Duration.ofMinutes(30);

  /** How long the cluster may fail to answer. */
  private static final Duration SILENT = Duration.ofMinutes(5);

  private final Order order;
  private final Application application;
  private final Submission submission;
  private final PrintStream out;
  private Phase told = Phase.ABSENT;
  private volatile State last = State.ABSENT;
  private volatile boolean over;

  private Follow(Order order, Application application, Submission submission, PrintStream out) {
    this.order = order;
    this.application = application;
    this.submission = submission;
    this.out = out;
  }

  /**
   * Follows the run of a folder with an {@link Order}.
   *
   * @param arguments the folder, which is removed
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Staging.remove(folder)));
    int code;
    try {
      Order order = Order.read(folder);
      try (Application application = Application.of(order);
          Submission submission = Submission.start(order, folder)) {
        code = new Follow(order, application, submission, System.out).follow();
      }
    } catch (Stop stop) {
      System.err.println(stop.getMessage());
      code = stop.exitCode().code();
    }
    System.exit(code);
  }

  private int follow() throws IOException, InterruptedException {
    if (order.driverElsewhere()) {
      out.printf("run %s%n", order.runId());
      Runtime.getRuntime().addShutdownHook(new Thread(this::sayThatItGoesOn));
    }
    long submitted = System.nanoTime();
    long waitingSince = submitted;
    long answered = System.nanoTime();
    while (true) {
      if (!order.driverElsewhere() && submission.hasEnded()) {
        return submission.exitCode();
      }
      try {
        last = application.state();
        answered = System.nanoTime();
      } catch (IOException e) {
        if (isOver(SILENT, answered)) {
          throw Stop.failed(
                  "the cluster has not answered for %d s: %s; the run may go on: see"
                      + " %s/runs/%s/run.json",
                  SILENT.toSeconds(), e.getMessage(), order.root(), order.runId())
              .because(e);
        }
      }
      tell();
      if (last.phase() == Phase.ENDED && order.driverElsewhere()) {
        return new Ending(order, last, out).code();
      }
      refuseUnknown();
      if (last.phase() == Phase.ABSENT) {
        waitingSince = System.nanoTime();
        giveUpSubmitting(submitted);
      } else if (last.phase() == Phase.WAITING) {
        giveUpWaiting(waitingSince);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void tell() {
    if (last.phase() == told || !order.driverElsewhere()) {
      return;
    }
    told = last.phase();
    if (told == Phase.WAITING || told == Phase.RUNNING) {
      out.printf(
          "%s %s%n",
          last.name(), told == Phase.RUNNING ? "runs: " + last.sentence() : "is submitted");
      out.flush();
    }
  }

  /** spark-submit has failed, or what it submitted is not there. */
  private void refuseUnknown() throws IOException {
    if (last.phase() != Phase.ABSENT || !submission.hasEnded()) {
      return;
    }
    if (submission.exitCode() != 0 || submission.sinceEnd().compareTo(UNKNOWN) > 0) {
      throw Stop.failed("the run could not be submitted: %s", submission.why());
    }
  }

  private static boolean isOver(Duration patience, long since) {
    return System.nanoTime() - since > patience.toNanos();
  }

  private void giveUpSubmitting(long since) {
    if (isOver(SUBMISSION, since)) {
      throw Stop.failed(
          "spark-submit has not submitted the run within %d minutes and was stopped; see whether the cluster's file system"
              + " takes its jars, and name those of Spark there by spark.yarn.archive",
          SUBMISSION.toMinutes());
    }
  }

  private void giveUpWaiting(long since) throws IOException {
    if (!isOver(Duration.ofSeconds(order.startWithinSeconds()), since)) {
      return;
    }
    over = true;
    application.kill();
    Sizes sizes = Sizes.of(order.properties());
    throw Stop.failed(
        "the driver did not get its place within %d s (start-within) and was withdrawn. %s %s. It asks for %d MiB; %s."
            + " Make it smaller (spark.driver.*), choose another queue, or wait longer",
        order.startWithinSeconds(),
        last.name(),
        last.sentence(),
        order.driverElsewhere() ? sizes.driverMib() : Sizes.AM_MIB,
        application.free());
  }

  /** Not when this process itself gave up. */
  private void sayThatItGoesOn() {
    if (!over && (last.phase() == Phase.WAITING || last.phase() == Phase.RUNNING)) {
      out.printf(
          "%s goes on without this process; end it with: %s%n",
          last.name(), application.howToEnd(last));
    }
  }
}

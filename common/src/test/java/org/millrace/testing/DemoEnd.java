package org.millrace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.table.TableRef;

/** Ends as its configuration says, after it has read its numbers, if it has any. */
public final class DemoEnd implements Job<DemoEnd.Config> {

  /** Beside its reference.conf. */
  public record Config(Optional<TableRef> numbers, Ending ending) {}

  /** How it ends. */
  public sealed interface Ending permits Well, Bug, Hang, Wait, Refusal {
    void end();
  }

  /** Done. */
  public record Well() implements Ending {
    @Override
    public void end() {}
  }

  /** A defect of the job. */
  public record Bug(String message) implements Ending {
    @Override
    public void end() {
      throw new IllegalStateException(message);
    }
  }

  /** Waits, as a long job does. */
  public record Hang(double seconds) implements Ending {
    @Override
    public void end() {
      try {
        Thread.sleep(Math.round(1000 * seconds));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a file, for a minute at the most. */
  public record Wait(String file) implements Ending {
    @Override
    public void end() {
      for (int i = 0; i < 600 && !Files.exists(Path.of(file)); i++) {
        new Hang(0.1).end();
      }
    }
  }

  /** A sentence for the operator. */
  public record Refusal(By by, String sentence, boolean caused) implements Ending {
    /** Who refuses. */
    public enum By {
      CONTRACT,
      GATE,
      USAGE,
      BROKEN_DISK
    }

    @Override
    public void end() {
      Stop stop =
          switch (by) {
            case CONTRACT -> Stop.contract("%s", sentence);
            case GATE -> Stop.gate("%s", sentence);
            case USAGE -> Stop.usage("%s", sentence);
            case BROKEN_DISK -> Stop.failed("%s", sentence);
          };
      throw caused ? stop.because(new IOException("the cause of it")) : stop;
    }
  }

  @Override
  public String name() {
    return "demo.end";
  }

  @Override
  public String summary() {
    return "Ends as it is told.";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("numbers: demo-numbers.v1, if any");
  }

  @Override
  public List<String> outputs() {
    return List.of();
  }

  @Override
  public List<NamedTable> tables(Config config) {
    return config.numbers().stream()
        .map(ref -> new NamedTable("numbers", ref, List.of("id")))
        .toList();
  }

  @Override
  public void run(Run run, Config config) {
    tables(config).forEach(run::read);
    config.ending().end();
  }
}

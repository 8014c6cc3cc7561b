package org.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;

/** Notes when its first task runs, on one machine. */
public final class FirstTask implements Job<FirstTask.Config> {

  /**
   * The keys of this job.
   *
   * @param note file that the task leaves: milliseconds since 1970
   */
  public record Config(String note) {}

  @Override
  public String name() {
    return "bench.first-task";
  }

  @Override
  public String summary() {
    return "note when the first task runs";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of();
  }

  @Override
  public List<String> outputs() {
    return List.of();
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of();
  }

  @Override
  public void run(Run run, Config c) {
    String note = c.note();
    JavaSparkContext.fromSparkContext(run.spark().sparkContext())
        .parallelize(List.of(1), 1)
        .foreach(any -> write(note));
  }

  private static void write(String note) {
    try {
      Files.writeString(Path.of(note), Long.toString(System.currentTimeMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.millrace.store;

import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/**
 * The folder under which everything of Millrace stands, and where in it what stands.
 *
 * @param path absolute, with its scheme
 */
public record Root(Path path, Configuration hadoop) {

  /**
   * Opens a root, and makes it where it does not exist.
   *
   * @throws Stop exit 2 where it cannot be written
   */
  public static Root open(String location, Configuration hadoop) {
    try {
      Path given = new Path(location.strip());
      FileSystem fs = SmallFiles.raw(given.getFileSystem(hadoop));
      Path path = fs.makeQualified(given);
      Path staging = new Path(path, ".staging");
      if (!fs.mkdirs(staging)) {
        throw new IOException("the folder cannot be made");
      }
      Path probe = new Path(staging, ".probe-" + java.util.UUID.randomUUID());
      SmallFiles.write(fs, probe, new byte[0], false);
      fs.delete(probe, false);
      return new Root(path, hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw Stop.usage(
              "root %s cannot be written: %s; choose another with --root or free this one",
              location, e.getMessage())
          .because(e);
    }
  }

  public FileSystem fs() {
    try {
      return SmallFiles.raw(path.getFileSystem(hadoop));
    } catch (IOException e) {
      throw Stop.failed("root %s cannot be reached: %s", path, e.getMessage()).because(e);
    }
  }

  /** A partition of a published table. */
  public record Partition(String relative, Path path) {}

  public Partition scores(String useCase, LocalDate date) {
    return partition("scores/" + useCase, date);
  }

  public Partition table(String name, LocalDate date) {
    return partition("tables/" + name, date);
  }

  public Partition rejects(String useCase, String job, LocalDate date) {
    return partition("rejects/" + useCase + "/" + job, date);
  }

  private Partition partition(String table, LocalDate date) {
    String relative = table + "/ds=" + date;
    return new Partition(relative, new Path(path, relative));
  }

  public Path run(String runId) {
    return new Path(path, "runs/" + runId);
  }

  /**
   * What a run has not yet published: no reader looks here, and it is on the same file system, so
   * that a rename publishes it.
   */
  public Path staging(String runId) {
    return new Path(path, ".staging/" + runId);
  }

  /**
   * Where a run writes a partition before it is published: its path less {@code .staging/RUN/new}.
   */
  public Path staged(String runId, Partition target) {
    return new Path(staging(runId), "new/" + target.relative());
  }

  /**
   * What a run leaves for the next one of the same use case, date and job to go on from, should it
   * die; no reader looks here either.
   */
  public Path resumable(String useCase, LocalDate date, String job) {
    return new Path(path, ".resumable/%s/ds=%s/%s".formatted(useCase, date, job));
  }

  public Path locks() {
    return new Path(path, ".locks");
  }
}

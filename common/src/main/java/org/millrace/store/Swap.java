package org.millrace.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a finished partition in the place of the one that is there: the old one is renamed into the
 * run's staging folder, the new one is renamed into place. Between the two renames a reader sees no
 * partition of that date; it never sees a part of one, or two.
 *
 * <p>A run that dies between the two renames leaves the old partition in its staging folder, from
 * where {@link #mend} puts it back.
 */
public final class Swap {
  private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
  private static final String OLD = "old~";

  private final Root root;

  public Swap(Root root) {
    this.root = root;
  }

  /**
   * Publishes a staged folder.
   *
   * @return how long no partition was there, in nanoseconds: 0 where there was none before
   */
  public long publish(String runId, Path staged, Root.Partition target) {
    FileSystem fs = root.fs();
    Path old = new Path(root.staging(runId), OLD + target.relative().replace('/', '~'));
    try {
      fs.mkdirs(target.path().getParent());
      fs.mkdirs(old.getParent());
      long gap = 0;
      boolean replaced = fs.exists(target.path());
      long from = System.nanoTime();
      if (replaced) {
        rename(fs, target.path(), old);
      }
      try {
        rename(fs, staged, target.path());
      } catch (IOException e) {
        if (replaced) {
          rename(fs, old, target.path());
        }
        throw e;
      }
      if (replaced) {
        gap = System.nanoTime() - from;
        sweep(fs, old);
      }
      return gap;
    } catch (IOException e) {
      throw Stop.failed("%s cannot be published: %s", target.path(), e.getMessage()).because(e);
    }
  }

  /** Takes a partition away, as one rename. */
  public void remove(String runId, Root.Partition target) {
    FileSystem fs = root.fs();
    Path old = new Path(root.staging(runId), OLD + target.relative().replace('/', '~'));
    try {
      if (fs.exists(target.path())) {
        fs.mkdirs(old.getParent());
        rename(fs, target.path(), old);
        sweep(fs, old);
      }
    } catch (IOException e) {
      throw Stop.failed("%s cannot be removed: %s", target.path(), e.getMessage()).because(e);
    }
  }

  /**
   * Puts back what a dead run had moved aside without replacing it, and throws its unfinished work
   * away.
   */
  public void mend(String deadRunId) {
    FileSystem fs = root.fs();
    Path staging = root.staging(deadRunId);
    try {
      if (!fs.exists(staging)) {
        return;
      }
      for (FileStatus status : fs.listStatus(staging)) {
        String name = status.getPath().getName();
        if (name.startsWith(OLD)) {
          Path home = new Path(root.path(), name.substring(OLD.length()).replace('~', '/'));
          if (fs.exists(home)) {
            continue;
          }
          if (fs.rename(status.getPath(), home)) {
            LOG.warn(
                "run {} died while it replaced {}: the former partition is back", deadRunId, home);
          } else if (!fs.exists(home)) { // Else another run, with another lock, was quicker.
            throw new NoSuchFileException(
                status.getPath().toString(), home.toString(), "the rename was refused");
          }
        }
      }
      fs.delete(staging, true);
    } catch (IOException e) {
      throw Stop.failed("what the dead run %s left cannot be mended: %s", deadRunId, e.getMessage())
          .because(e);
    }
  }

  /** What is published stays so, whether or not the former partition can be thrown away. */
  private static void sweep(FileSystem fs, Path old) {
    try {
      fs.delete(old, true);
    } catch (IOException e) {
      LOG.warn("the former partition {} cannot be removed; remove it by hand", old, e);
    }
  }

  private static void rename(FileSystem fs, Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new NoSuchFileException(from.toString(), to.toString(), "the rename was refused");
    }
  }
}

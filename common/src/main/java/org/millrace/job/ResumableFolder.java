package org.millrace.job;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;
import org.millrace.store.Root;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job leaves for the next run of the same use case and date to go on from, should it die.
 *
 * @param folder with one folder in it, named by the identity of what it was made of
 */
record ResumableFolder(Root root, Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(ResumableFolder.class);

  /** The folder of an identity, made where it is not there; those of others are removed. */
  Path of(String identity) {
    Path own = new Path(folder, identity);
    FileSystem fs = root.fs();
    try {
      if (fs.exists(folder)) {
        for (FileStatus other : fs.listStatus(folder)) {
          if (!other.getPath().getName().equals(identity)) {
            fs.delete(other.getPath(), true);
          }
        }
      }
      fs.mkdirs(own);
      return own;
    } catch (IOException e) {
      throw Stop.failed("%s cannot be made: %s", own, e.getMessage()).because(e);
    }
  }

  /** Removes it, and the folders above it that hold nothing else. */
  void remove() {
    try {
      root.fs().delete(folder, true);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be removed: %s", folder, e.getMessage()).because(e);
    }
    removeEmptyParents();
  }

  /** Removes it where no file is in it; never fails, since it ends a run that may have failed. */
  void removeIfEmpty() {
    try {
      FileSystem fs = root.fs();
      if (!fs.exists(folder) || fs.listFiles(folder, true).hasNext()) {
        return;
      }
      fs.delete(folder, true);
    } catch (IOException | Stop e) {
      LOG.warn("{} cannot be removed", folder, e);
      return;
    }
    removeEmptyParents();
  }

  /** Another run may put something there meanwhile: then they are not empty any more. */
  private void removeEmptyParents() {
    try {
      FileSystem fs = root.fs();
      for (Path parent = folder.getParent();
          !parent.equals(root.path()) && fs.listStatus(parent).length == 0;
          parent = parent.getParent()) {
        fs.delete(parent, false);
      }
    } catch (IOException e) {
      LOG.info("{} is not removed", folder.getParent(), e);
    }
  }
}

package org.millrace.deep;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.dl4j.Parent;
import org.millrace.deep.net.Architecture.Transferred;
import org.millrace.deep.net.Network;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;

/** Where a network begins: with parameters drawn by chance, or with what another one has learnt. */
final class Beginning {
  private Beginning() {}

  /**
   * @param steps of an epoch
   * @throws Stop exit 2 where the model to start from is absent, does not fit, or is not to be
   *     trusted
   */
  static Dl4jEngine engine(
      Run run, Network network, TrainConfig c, int steps, Configuration hadoop) {
    if (!(network.architecture() instanceof Transferred transferred)) {
      return new Dl4jEngine(network, c.optimization(), c.seed(), steps);
    }
    requireTrust(run, transferred, hadoop);
    try {
      return Parent.engine(network, hadoop, c.optimization(), c.seed(), steps);
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", transferred.from(), e.getMessage()).because(e);
    }
  }

  /**
   * A folder is trusted if it is a version of this use case, which is then verified, or by
   * configuration; files of others by configuration alone.
   */
  private static void requireTrust(Run run, Transferred transferred, Configuration hadoop) {
    Path from = new Path(transferred.from());
    try {
      FileSystem files = from.getFileSystem(hadoop);
      if (!files.exists(from) || !files.getFileStatus(from).isDirectory()) {
        return; // Parent tells.
      }
      String name = from.getName();
      if (run.models().versions().contains(name)) {
        Path own = run.loadModel(NetworkModel.KIND, Optional.of(name)).path();
        if (files.makeQualified(own).equals(files.makeQualified(from))) {
          return;
        }
      }
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", from, e.getMessage()).because(e);
    }
    if (!transferred.allowUnsigned()) {
      throw Stop.usage(
          "%s is no version of this use case, whose signature could be checked; if you trust who made it, set"
              + " allow-unsigned = true",
          from);
    }
  }
}

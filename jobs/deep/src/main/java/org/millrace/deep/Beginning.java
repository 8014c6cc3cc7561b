package org.millrace.deep;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.dl4j.Parent;
import org.millrace.deep.net.Architecture.Transferred;
import org.millrace.deep.net.Network;
import org.millrace.job.Run;
import org.millrace.model.ModelStore;
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
    requireTrusted(run.models(), transferred, hadoop);
    try {
      return Parent.engine(network, hadoop, c.optimization(), c.seed(), steps);
    } catch (IOException e) {
      throw unreadable(transferred, e);
    }
  }

  /**
   * Sees that the model to start from is there, to be trusted, and one that training can begin
   * with. A version of this use case is verified as it is for scoring; one of another use case or
   * root too, and must be signed by a trusted key; anything else is trusted by configuration alone.
   *
   * @throws Stop exit 2 where it is not, exit 1 where its signature or its files are not right
   */
  static void require(ModelStore models, Transferred transferred, Configuration hadoop) {
    requireTrusted(models, transferred, hadoop);
    try {
      Parent.requireUsable(transferred, hadoop);
    } catch (IOException e) {
      throw unreadable(transferred, e);
    }
  }

  private static void requireTrusted(
      ModelStore models, Transferred transferred, Configuration hadoop) {
    try {
      if (!Parent.requireKind(transferred, hadoop)) {
        return; // A file, whose trust the configuration has told.
      }
    } catch (IOException e) {
      throw unreadable(transferred, e);
    }
    Path from = new Path(transferred.from());
    if (models.holds(from)) {
      var unused = models.loadFrom(NetworkModel.KIND, from);
    } else if (!transferred.allowUnsigned()
        && models.loadFrom(NetworkModel.KIND, from).signedBy().isEmpty()) {
      throw Stop.usage(
          "%s is of another use case or root, and there is no key to check its signature by; name the key of those who"
              + " made it in models.trusted-keys, or set allow-unsigned = true if you trust the place",
          from);
    }
  }

  private static Stop unreadable(Transferred transferred, IOException e) {
    return Stop.usage("%s cannot be read: %s", transferred.from(), e.getMessage()).because(e);
  }
}

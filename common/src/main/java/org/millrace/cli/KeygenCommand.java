package org.millrace.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.millrace.model.KeyFiles;
import org.millrace.model.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a pair of keys for signing models. */
@Command(
    name = "keygen",
    description =
        "Make a pair of Ed25519 keys: PREFIX.key.pem signs models, PREFIX.pub.pem verifies them.")
final class KeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PREFIX",
      description = "Where to write them, such as keys/millrace.")
  private Path prefix;

  @Override
  public Integer call() {
    KeyFiles files = Keys.generate(prefix);
    spec.commandLine()
        .getOut()
        .printf(
            "private key %s (keep it secret): models.signing-key%npublic key %s (identifier %s): models.trusted-keys%n",
            files.privateKey(), files.publicKey(), files.keyId());
    return 0;
  }
}

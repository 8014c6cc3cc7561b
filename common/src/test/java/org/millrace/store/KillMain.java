package org.millrace.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Publishes, and is dead before its n-th rename; its lock is never released. */
final class KillMain {
  private KillMain() {}

  public static void main(String[] args) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.halting.impl", Halting.class, org.apache.hadoop.fs.FileSystem.class);
    hadoop.setInt("halting.rename", Integer.parseInt(args[1]));
    Root root = Root.open("halting://" + args[0], hadoop);
    RunLock lock = RunLock.take(root, "films", "dead", run -> {});
    Path staged = stage(root, "dead", "two");
    lock.confirm();
    new Swap(root).publish("dead", staged, target(root));
    Runtime.getRuntime().halt(0);
  }

  static Root.Partition target(Root root) {
    return root.scores("films", LocalDate.of(2026, 1, 31));
  }

  static Path stage(Root root, String runId, String content) {
    Path staged = new Path(root.staging(runId), "new~" + content);
    try (OutputStream stream = root.fs().create(new Path(staged, "part"))) {
      stream.write(content.getBytes(StandardCharsets.UTF_8));
      return staged;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The local files, until the rename. */
  public static final class Halting extends RawLocalFileSystem {
    private int renames;

    @Override
    public URI getUri() {
      return URI.create("halting:///");
    }

    @Override
    public String getScheme() {
      return "halting";
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      if (++renames == getConf().getInt("halting.rename", 0)) {
        Runtime.getRuntime().halt(9);
      }
      return super.rename(from, to);
    }
  }
}

package org.millrace.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Hashes one file after the other in the calling thread: for small models and without Spark. */
public final class SerialFileHasher implements FileHasher {

  private final Configuration hadoop;

  public SerialFileHasher(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public Map<Path, String> sha256(List<Path> files) throws IOException {
    Map<Path, String> hashes = new HashMap<>();
    for (Path file : files) {
      hashes.put(file, Sha256.of(file, hadoop));
    }
    return hashes;
  }
}

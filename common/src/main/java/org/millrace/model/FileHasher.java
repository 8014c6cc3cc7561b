package org.millrace.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** Hashes files, here or somewhere else. */
@FunctionalInterface
public interface FileHasher {

  /**
   * The SHA-256 of each file, as 64 lower-case hexadecimal digits.
   *
   * @param files qualified paths of distinct files
   * @return an entry for every file
   * @throws IOException if one of the files cannot be read
   */
  Map<Path, String> sha256(List<Path> files) throws IOException;
}

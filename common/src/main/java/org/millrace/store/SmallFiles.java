package org.millrace.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes the small files of a run. On a local disk without checksum side files, and with the
 * permissions that the process gives to new files: Hadoop's usual way starts a {@code chmod}
 * process for each of the two files, which costs a short run a good part of a second.
 */
public final class SmallFiles {
  private static final int BUFFER = 4096;

  private SmallFiles() {}

  /** The file system itself where Hadoop wraps it for checksums. */
  static FileSystem raw(FileSystem fs) {
    return fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
  }

  /**
   * Writes a file whole.
   *
   * @throws IOException if it cannot be written, or is there and must not be overwritten
   */
  public static void write(FileSystem fs, Path path, byte[] bytes, boolean overwrite)
      throws IOException {
    FileSystem raw = raw(fs);
    try (OutputStream stream =
        raw.create(
            path,
            overwrite,
            BUFFER,
            raw.getDefaultReplication(path),
            raw.getDefaultBlockSize(path),
            null)) {
      stream.write(bytes);
    }
  }
}

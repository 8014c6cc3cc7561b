package org.millrace.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSError;
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
    try (OutputStream stream = stream(fs, path, overwrite)) {
      stream.write(bytes);
    } catch (FSError e) {
      // Hadoop's local disk calls an error, to end the process, what elsewhere is an exception.
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    }
  }

  /** Opens a file that is written piece by piece. */
  public static OutputStream stream(FileSystem fs, Path path, boolean overwrite)
      throws IOException {
    FileSystem raw = raw(fs);
    return raw.create(
        path,
        overwrite,
        BUFFER,
        raw.getDefaultReplication(path),
        raw.getDefaultBlockSize(path),
        null);
  }
}

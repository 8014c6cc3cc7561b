package org.millrace.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

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
   * Writes a file whole, or leaves none.
   *
   * @throws IOException if it cannot be written, or is there and must not be overwritten
   */
  public static void write(FileSystem fs, Path path, byte[] bytes, boolean overwrite)
      throws IOException {
    try (OutputStream stream = stream(fs, path, overwrite)) {
      fill(stream, bytes, fs, path);
    } catch (FSError e) {
      throw ioException(e);
    }
  }

  private static void fill(OutputStream stream, byte[] bytes, FileSystem fs, Path path)
      throws IOException {
    try {
      stream.write(bytes);
      stream.flush();
    } catch (IOException | FSError e) {
      raw(fs).delete(path, false);
      throw e;
    }
  }

  /** Hadoop's local disk calls an error, to end the process, what elsewhere is an exception. */
  private static IOException ioException(FSError e) {
    return new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
  }

  /**
   * Writes a file beside its final name and renames it over whatever has that name: a reader sees
   * the old one or the new one, and where the new one cannot be written the old one stays.
   */
  public static void replace(FileSystem fs, Path file, byte[] bytes) throws IOException {
    Path written = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
    write(fs, written, bytes, false);
    renameOver(raw(fs), written, file);
  }

  /**
   * A plain rename replaces a file on the local file system. Elsewhere it refuses an existing
   * target by its result or an exception; HDFS replaces it in one step through FileContext. A file
   * system that FileContext does not know gets two steps: readers may find no file in between.
   */
  private static void renameOver(FileSystem fs, Path written, Path file) throws IOException {
    try {
      if (fs.rename(written, file)) {
        return;
      }
    } catch (FileAlreadyExistsException e) {
      // The refusal of file systems that do not say it by their result.
    }
    try {
      FileContext.getFileContext(fs.getUri(), fs.getConf())
          .rename(written, file, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      fs.delete(file, false);
      if (!fs.rename(written, file)) {
        throw new IOException("the file system refused to rename " + written, e);
      }
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

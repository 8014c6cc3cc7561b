package org.millrace.table;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The beginning of an IDX file of bytes.
 *
 * @param count items in the file
 * @param itemBytes of one item: height x width of an image, 1 of a label
 */
record IdxHeader(String path, int count, int itemBytes) {
  private static final int BYTES = 0x0800;

  /**
   * Reads it, and makes sure that all items are there.
   *
   * @param dimensions 3 for images, 1 for labels
   * @throws IOException that says what is wrong with the file
   */
  static IdxHeader read(FileStatus file, int dimensions, Configuration hadoop) throws IOException {
    String path = file.getPath().toString();
    IdxHeader header;
    try (DataInputStream stream = open(path, hadoop)) {
      int magic = stream.readInt();
      if (magic != BYTES + dimensions) {
        throw new IOException(
            "it begins with 0x%08x, not with 0x%08x (bytes in %d dimensions)"
                .formatted(magic, BYTES + dimensions, dimensions));
      }
      int count = stream.readInt();
      int itemBytes = dimensions == 1 ? 1 : Math.multiplyExact(stream.readInt(), stream.readInt());
      if (count < 0 || itemBytes <= 0) {
        throw new IOException("its header says %d items of %d bytes".formatted(count, itemBytes));
      }
      header = new IdxHeader(path, count, itemBytes);
    } catch (EOFException e) {
      throw new IOException("its header is cut off", e);
    }
    long wanted = 4 + 4L * dimensions + (long) header.count * header.itemBytes;
    long there = header.isCompressed() ? uncompressed(file, wanted, hadoop) : file.getLen();
    if (there < wanted) {
      throw new IOException(
          "its header says %d items of %d bytes, which is %d bytes, but it has %d"
              .formatted(header.count, header.itemBytes, wanted, there));
    }
    return header;
  }

  /** The file's last four bytes tell; where they do not agree, it is read through. */
  private static long uncompressed(FileStatus file, long wanted, Configuration hadoop)
      throws IOException {
    Path path = file.getPath();
    try (FSDataInputStream raw = path.getFileSystem(hadoop).open(path)) {
      raw.seek(file.getLen() - Integer.BYTES);
      if (Integer.reverseBytes(raw.readInt()) == (int) wanted) {
        return wanted;
      }
    }
    long bytes = 0;
    try (InputStream stream = open(path.toString(), hadoop)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        bytes += count;
      }
    } catch (EOFException e) {
      return bytes;
    }
    return bytes;
  }

  boolean isCompressed() {
    return path.endsWith(".gz");
  }

  /** The file's content, uncompressed. */
  static DataInputStream open(String path, Configuration hadoop) throws IOException {
    Path file = new Path(path);
    InputStream raw = file.getFileSystem(hadoop).open(file);
    return new DataInputStream(path.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw);
  }
}

package org.millrace.deep.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;
import org.millrace.outcome.Stop;

/**
 * The records of one rank on the local disk, read one by one at any place: the operating system's
 * cache holds what fits, the process itself holds nothing. The file has no name any more when it is
 * read, so that it goes with the process, however that ends.
 */
final class ShardFile implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final FileChannel channel;
  private final int recordBytes;

  private ShardFile(FileChannel channel, int recordBytes) {
    this.channel = channel;
    this.recordBytes = recordBytes;
  }

  /** Copies slices of files, one after the other. */
  static ShardFile copy(List<Shards.Slice> slices, int recordBytes, Configuration hadoop) {
    try {
      java.nio.file.Path local =
          Files.createTempFile(java.nio.file.Path.of(localFolder()), "shard-", ".records");
      FileChannel channel =
          FileChannel.open(local, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(local);
      ShardFile file = new ShardFile(channel, recordBytes);
      try {
        for (Shards.Slice slice : slices) {
          file.append(slice, hadoop);
        }
        return file;
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw Stop.failed("the examples cannot be copied to %s: %s", localFolder(), e.getMessage())
          .because(e);
    }
  }

  private static String localFolder() {
    return SparkEnv.get() == null
        ? System.getProperty("java.io.tmpdir")
        : Utils.getLocalDir(SparkEnv.get().conf());
  }

  private void append(Shards.Slice slice, Configuration hadoop) throws IOException {
    Path path = new Path(slice.path());
    try (FSDataInputStream stream = path.getFileSystem(hadoop).open(path)) {
      stream.seek(slice.first() * recordBytes);
      long left = slice.records() * recordBytes;
      byte[] buffer = new byte[(int) Math.min(BUFFER, left)];
      while (left > 0) {
        int count = read(stream, buffer, (int) Math.min(buffer.length, left));
        if (count == 0) {
          throw new IOException(path + " is too short by " + left + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        left -= count;
      }
    }
  }

  private static int read(InputStream stream, byte[] buffer, int most) throws IOException {
    return stream.readNBytes(buffer, 0, most);
  }

  /** Reads a record into a buffer of its length. */
  void read(long index, ByteBuffer record) {
    record.clear();
    try {
      long at = index * recordBytes;
      while (record.hasRemaining()) {
        if (channel.read(record, at + record.position()) < 0) {
          throw new IllegalStateException("no record " + index);
        }
      }
    } catch (IOException e) {
      throw Stop.failed("the local copy of the examples cannot be read: %s", e.getMessage())
          .because(e);
    }
    record.flip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Stop.failed("the local copy of the examples cannot be closed: %s", e.getMessage())
          .because(e);
    }
  }
}

package org.millrace.deep.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/** The examples of a part of shards as they stand in their files, one after the other. */
public final class ShardReader implements Iterator<Encoded.Example>, Closeable {
  private final Iterator<Shards.Slice> slices;
  private final int recordBytes;
  private final Configuration hadoop;
  private FSDataInputStream stream;
  private String path = "";
  private long left;

  private ShardReader(List<Shards.Slice> slices, int recordBytes, Configuration hadoop) {
    this.slices = slices.iterator();
    this.recordBytes = recordBytes;
    this.hadoop = hadoop;
  }

  /**
   * @param part from 0 to parts - 1, each as large as the others or smaller by one
   */
  public static ShardReader of(Shards shards, int part, int parts, Configuration hadoop) {
    return new ShardReader(shards.slices(part, parts), shards.recordBytes(), hadoop);
  }

  @Override
  public boolean hasNext() {
    return left > 0 || slices.hasNext();
  }

  @Override
  public Encoded.Example next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      if (left == 0) {
        open(slices.next());
      }
      byte[] record = new byte[recordBytes];
      stream.readFully(record);
      left--;
      return new Encoded.Example(record);
    } catch (IOException e) {
      throw Stop.failed("the examples in %s cannot be read: %s", path, e.getMessage()).because(e);
    }
  }

  private void open(Shards.Slice slice) throws IOException {
    close();
    path = slice.path();
    Path file = new Path(path);
    stream = file.getFileSystem(hadoop).open(file);
    stream.seek(slice.first() * recordBytes);
    left = slice.records();
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}

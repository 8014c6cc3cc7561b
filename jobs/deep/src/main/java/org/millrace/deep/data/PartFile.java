package org.millrace.deep.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.millrace.store.SmallFiles;

/** A file that is made at the first write only. */
final class PartFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Configuration hadoop;
  private OutputStream stream;

  PartFile(Path path, Configuration hadoop) {
    this.path = path;
    this.hadoop = hadoop;
  }

  void write(byte[] bytes, int from, int count) throws IOException {
    if (stream == null) {
      stream =
          new BufferedOutputStream(
              SmallFiles.stream(path.getFileSystem(hadoop), path, true), BUFFER);
    }
    stream.write(bytes, from, count);
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}

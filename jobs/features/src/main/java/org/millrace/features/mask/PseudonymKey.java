package org.millrace.features.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/** The secret of pseudonyms. It is never printed: {@link #id} tells which one it is. */
public final class PseudonymKey implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LEAST_BYTES = 32;
  private static final int MOST_BYTES = 4096;
  private static final int ID_DIGITS = 16;

  private final byte[] bytes;

  PseudonymKey(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /**
   * Reads a key: all bytes of a file, without the line end behind them.
   *
   * @throws Stop exit 2 where there is none, or it is too short
   */
  public static PseudonymKey read(String file, Configuration hadoop) {
    Path path = new Path(file);
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      byte[] read;
      try (FSDataInputStream in = fs.open(path)) {
        read = in.readNBytes(MOST_BYTES + 1);
      }
      int end = read.length;
      while (end > 0 && (read[end - 1] == '\n' || read[end - 1] == '\r')) {
        end--;
      }
      if (end < LEAST_BYTES || end > MOST_BYTES) {
        throw Stop.usage(
            "key file %s holds %d bytes; a key of pseudonyms has 32 to 4096, such as the output of: openssl rand -hex 32",
            path, end);
      }
      return new PseudonymKey(java.util.Arrays.copyOf(read, end));
    } catch (IOException e) {
      throw Stop.usage(
              "key file %s cannot be read: %s; make one with: openssl rand -hex 32 > FILE, and keep it secret",
              path, e.getMessage())
          .because(e);
    }
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Tells keys apart and nothing else about them. */
  public String id() {
    return HexFormat.of()
        .formatHex(Pseudonyms.hmac(bytes).doFinal("\0millrace key id".getBytes(UTF_8)))
        .substring(0, ID_DIGITS);
  }

  @Override
  public String toString() {
    return "key " + id();
  }
}

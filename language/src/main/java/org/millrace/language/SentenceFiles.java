package org.millrace.language;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.outcome.Stop;

/**
 * The files of a sentence model in a folder that driver and executors see: {@code model.onnx}, with
 * its weights in it, and {@code tokenizer.json} as Hugging Face's tokenizers write it.
 *
 * @param identity of both files' bytes, so that an executor never takes another model for this one
 */
record SentenceFiles(String folder, String identity, SerializableConfiguration hadoop)
    implements Serializable {
  static final String MODEL = "model.onnx";
  static final String TOKENIZER = "tokenizer.json";

  /**
   * Looks at the files on the driver.
   *
   * @throws Stop exit 2 where one is not there
   */
  static SentenceFiles of(String folder, Configuration hadoop) {
    StringBuilder hashes = new StringBuilder();
    SerializableConfiguration shipped = new SerializableConfiguration(hadoop);
    for (String name : new String[] {MODEL, TOKENIZER}) {
      Path file = new Path(folder, name);
      try {
        hashes.append(hash(read(file, hadoop)));
      } catch (FileNotFoundException e) {
        throw Stop.usage(
                "there is no file %s; accepted as a sentence model: a folder with %s (one file, its"
                    + " weights in it) and %s",
                file, MODEL, TOKENIZER)
            .because(e);
      } catch (IOException e) {
        throw Stop.failed("%s cannot be read: %s", file, e.getMessage()).because(e);
      }
    }
    return new SentenceFiles(
        folder, hash(hashes.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)), shipped);
  }

  byte[] model() throws IOException {
    return read(new Path(folder, MODEL), hadoop.value());
  }

  byte[] tokenizer() throws IOException {
    return read(new Path(folder, TOKENIZER), hadoop.value());
  }

  /** Copies both files, into a model version for example. */
  void copyTo(Path target) throws IOException {
    for (String name : new String[] {MODEL, TOKENIZER}) {
      Path from = new Path(folder, name);
      Path to = new Path(target, name);
      FileUtil.copy(
          from.getFileSystem(hadoop.value()),
          from,
          to.getFileSystem(hadoop.value()),
          to,
          false,
          hadoop.value());
    }
  }

  private static byte[] read(Path file, Configuration hadoop) throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

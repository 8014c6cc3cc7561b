package org.millrace.language;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;

/**
 * Fitted vectors as files of a model: {@code vectors.json}, in which numbers stand as base64 of
 * little-endian bytes, and beside it the files of a sentence model.
 */
public final class VectorFiles {
  private static final String FORMAT = "millrace-language/1";
  private static final String FILE = "vectors.json";
  private static final String SENTENCE_MODEL = "sentence-model";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private VectorFiles() {}

  private record Stored(String format, Content content) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StoredTfIdf.class, name = "tf-idf"),
    @JsonSubTypes.Type(value = StoredWords.class, name = "word2vec"),
    @JsonSubTypes.Type(value = StoredSentences.class, name = "embeddings"),
    @JsonSubTypes.Type(value = StoredHybrid.class, name = "hybrid"),
  })
  private sealed interface Content {}

  // Jackson makes base64 of them.
  @SuppressWarnings("ArrayRecordComponent")
  private record StoredTfIdf(
      Analysis analysis,
      int longestGram,
      Terms terms,
      boolean logarithmic,
      byte[] idf,
      double unknown)
      implements Content {}

  @SuppressWarnings("ArrayRecordComponent")
  private record StoredWords(Analysis analysis, List<String> words, int size, byte[] numbers)
      implements Content {}

  private record StoredSentences(
      String model, String identity, int maxTokens, int batchSize, int threads, boolean normalize)
      implements Content {}

  private record StoredHybrid(double termsShare, Content words, Content meanings)
      implements Content {}

  /** Writes them into a folder that exists. */
  public static void write(Path folder, FittedVectors vectors, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      FittedVectors given = vectors instanceof HybridVectors both ? both.meanings() : vectors;
      if (given instanceof SentenceVectors sentences) {
        Path copy = new Path(folder, SENTENCE_MODEL);
        files.mkdirs(copy);
        sentences.files().copyTo(copy);
      }
      Stored stored = new Stored(FORMAT, content(vectors));
      SmallFiles.write(files, new Path(folder, FILE), JSON.writeValueAsBytes(stored), false);
    } catch (IOException e) {
      throw Stop.failed("vectors cannot be written to %s: %s", folder, e.getMessage()).because(e);
    }
  }

  private static Content content(FittedVectors vectors) {
    if (vectors instanceof TfIdfVectors v) {
      return new StoredTfIdf(
          v.analysis(), v.longestGram(), v.places(), v.logarithmic(), bytes(v.idf()), v.unknown());
    }
    if (vectors instanceof WordVectors v) {
      return new StoredWords(v.analysis(), v.words(), v.size(), bytes(v.numbers()));
    }
    if (vectors instanceof HybridVectors v) {
      return new StoredHybrid(v.termsShare(), content(v.words()), content(v.meanings()));
    }
    SentenceVectors v = (SentenceVectors) vectors;
    TextVectors.Embeddings s = v.settings();
    return new StoredSentences(
        s.model(), v.files().identity(), s.maxTokens(), s.batchSize(), s.threads(), s.normalize());
  }

  /** Reads what was written, once it is verified. */
  public static FittedVectors read(Path folder, Configuration hadoop) {
    Path file = new Path(folder, FILE);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      Stored stored = JSON.readValue(in, Stored.class);
      if (!stored.format().equals(FORMAT)) {
        throw Stop.failed(
            "%s is of format %s, and this code reads %s; use the code that wrote it",
            file, stored.format(), FORMAT);
      }
      return fitted(stored.content(), folder, hadoop);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  private static FittedVectors fitted(Content content, Path folder, Configuration hadoop) {
    if (content instanceof StoredTfIdf s) {
      return new TfIdfVectors(
          s.analysis(), s.longestGram(), s.terms(), s.logarithmic(), doubles(s.idf()), s.unknown());
    }
    if (content instanceof StoredWords s) {
      return new WordVectors(s.analysis(), s.words(), s.size(), floats(s.numbers()));
    }
    if (content instanceof StoredHybrid s) {
      return new HybridVectors(
          s.termsShare(), fitted(s.words(), folder, hadoop), fitted(s.meanings(), folder, hadoop));
    }
    StoredSentences s = (StoredSentences) content;
    return new TextVectors.Embeddings(
            new Path(folder, SENTENCE_MODEL).toString(),
            s.maxTokens(),
            s.batchSize(),
            s.threads(),
            s.normalize())
        .open(hadoop);
  }

  private static byte[] bytes(double[] numbers) {
    byte[] bytes = new byte[numbers.length * Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(numbers);
    return bytes;
  }

  private static byte[] bytes(float[] numbers) {
    byte[] bytes = new byte[numbers.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    return bytes;
  }

  private static double[] doubles(byte[] bytes) {
    double[] numbers = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(numbers);
    return numbers;
  }

  private static float[] floats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }
}

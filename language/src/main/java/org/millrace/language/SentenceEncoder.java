package org.millrace.language;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A sentence model by ONNX Runtime: tokens by Hugging Face's tokenizers, the mean of the token
 * vectors that are not padding (Reimers and Gurevych 2019) where the model gives token vectors, the
 * model's own sentence vector where it gives that. Threads may share it.
 */
final class SentenceEncoder implements AutoCloseable {
  private static final Set<String> INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

  private static final int CHARACTERS_OF_A_TOKEN = 100;

  static {
    // Its library for processors comes in the jar; without this it looks for one for GPUs
    // elsewhere.
    System.setProperty("RUST_FLAVOR", "cpu");
  }

  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final TextVectors.Embeddings settings;

  private SentenceEncoder(
      OrtSession session, HuggingFaceTokenizer tokenizer, TextVectors.Embeddings settings) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.settings = settings;
  }

  static SentenceEncoder of(byte[] model, byte[] tokenizer, TextVectors.Embeddings settings)
      throws OrtException, IOException {
    String longest = String.valueOf(settings.maxTokens());
    HuggingFaceTokenizer cut =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(tokenizer),
            Map.of(
                "truncation",
                "true",
                "padding",
                "false",
                "maxLength",
                longest,
                "modelMaxLength",
                longest));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(settings.threads());
      options.setInterOpNumThreads(1);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
      if (!INPUTS.containsAll(session.getInputNames())) {
        throw new IllegalArgumentException("its inputs are " + session.getInputNames());
      }
      return new SentenceEncoder(session, cut, settings);
    } catch (OrtException | RuntimeException e) {
      cut.close();
      throw e;
    }
  }

  /**
   * A vector for each text, in their order; all zeros for null and for blank ones. Texts of like
   * length go through the model together, so that little of it is padding.
   */
  float[][] encode(List<String> texts) throws OrtException {
    Encoding[] tokens = new Encoding[texts.size()];
    for (int i = 0; i < tokens.length; i++) {
      String text = texts.get(i);
      tokens[i] = text == null || text.isBlank() ? null : tokenizer.encode(seen(text));
    }
    int[] order =
        IntStream.range(0, tokens.length)
            .filter(i -> tokens[i] != null)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -tokens[i].getIds().length))
            .mapToInt(i -> i)
            .toArray();
    float[][] vectors = new float[tokens.length][];
    for (int from = 0; from < order.length; from += settings.batchSize()) {
      int rows = Math.min(settings.batchSize(), order.length - from);
      batch(tokens, order, from, rows, vectors);
    }
    int size = order.length == 0 ? 0 : vectors[order[0]].length;
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        vectors[i] = new float[size == 0 ? size() : size];
      }
    }
    return vectors;
  }

  /**
   * The tokenizer cuts all of a text before it leaves out the rest: of a long one it gets no more.
   */
  private String seen(String text) {
    int most = CHARACTERS_OF_A_TOKEN * settings.maxTokens();
    return text.length() <= most ? text : text.substring(0, most);
  }

  private int size() throws OrtException {
    return encode(List.of("size"))[0].length;
  }

  private void batch(Encoding[] tokens, int[] order, int from, int rows, float[][] vectors)
      throws OrtException {
    // The first of a batch is its longest.
    int length = tokens[order[from]].getIds().length;
    int[] lengths = new int[rows];
    LongBuffer ids = buffer(rows * length);
    LongBuffer mask = buffer(rows * length);
    LongBuffer types = buffer(rows * length);
    for (int r = 0; r < rows; r++) {
      Encoding encoding = tokens[order[from + r]];
      lengths[r] = encoding.getIds().length;
      ids.position(r * length).put(encoding.getIds());
      mask.position(r * length).put(encoding.getAttentionMask());
      types.position(r * length).put(encoding.getTypeIds());
    }
    long[] shape = {rows, length};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor first = OnnxTensor.createTensor(environment, ids.rewind(), shape);
        OnnxTensor second = OnnxTensor.createTensor(environment, mask.rewind(), shape);
        OnnxTensor third = OnnxTensor.createTensor(environment, types.rewind(), shape)) {
      Map<String, OnnxTensor> inputs =
          new TreeMap<>(
              Map.of("input_ids", first, "attention_mask", second, "token_type_ids", third));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        float[][] pooled = pooled((OnnxTensor) result.get(0), lengths, length);
        for (int r = 0; r < rows; r++) {
          vectors[order[from + r]] = pooled[r];
        }
      }
    }
  }

  private static LongBuffer buffer(int numbers) {
    return ByteBuffer.allocateDirect(numbers * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }

  private float[][] pooled(OnnxTensor output, int[] lengths, int length) {
    long[] shape = output.getInfo().getShape();
    if (shape.length != 2 && shape.length != 3) {
      throw new IllegalArgumentException(
          "its first output has %d dimensions, accepted: texts x size, or texts x tokens x size"
              .formatted(shape.length));
    }
    int size = (int) shape[shape.length - 1];
    boolean tokens = shape.length == 3;
    float[] numbers = output.getFloatBuffer().array();
    float[][] pooled = new float[lengths.length][];
    for (int r = 0; r < lengths.length; r++) {
      int width = tokens ? length * size : size;
      float[] mean = new float[size];
      for (int t = 0; t < (tokens ? lengths[r] : 1); t++) {
        int at = r * width + t * size;
        for (int i = 0; i < size; i++) {
          mean[i] += numbers[at + i];
        }
      }
      scale(mean, 1.0 / (tokens ? lengths[r] : 1));
      pooled[r] = mean;
    }
    return pooled;
  }

  private void scale(float[] vector, double factor) {
    double by = factor;
    if (settings.normalize()) {
      double squares = 0;
      for (float number : vector) {
        squares += (double) number * number;
      }
      by = squares == 0 ? 1 : 1 / Math.sqrt(squares);
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= (float) by;
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the sentence model cannot be closed", e);
    } finally {
      tokenizer.close();
    }
  }
}

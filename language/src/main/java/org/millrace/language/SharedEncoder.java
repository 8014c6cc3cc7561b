package org.millrace.language;

import ai.onnxruntime.OrtException;
import java.io.IOException;

/**
 * One sentence model in an executor's memory, for all of its tasks. The last one stays when its
 * tasks are done, since the next wave wants it again; it goes when another model is asked for.
 */
final class SharedEncoder {
  private static SharedEncoder latest;

  private final String identity;
  private final TextVectors.Embeddings settings;
  private final SentenceEncoder encoder;
  private int leases;

  private SharedEncoder(String identity, TextVectors.Embeddings settings, SentenceEncoder encoder) {
    this.identity = identity;
    this.settings = settings;
    this.encoder = encoder;
  }

  /** A task's hold on a model. */
  static final class Lease implements AutoCloseable {
    private final SharedEncoder held;
    private boolean closed;

    private Lease(SharedEncoder held) {
      this.held = held;
    }

    SentenceEncoder encoder() {
      return held.encoder;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        giveBack(held);
      }
    }
  }

  /**
   * @throws IllegalStateException where the files are no longer those that the driver saw
   */
  static synchronized Lease lease(SentenceFiles files, TextVectors.Embeddings settings) {
    if (latest == null
        || !latest.identity.equals(files.identity())
        || !latest.settings.equals(settings)) {
      SharedEncoder former = latest;
      latest = new SharedEncoder(files.identity(), settings, open(files, settings));
      if (former != null) {
        former.closeIfLeft();
      }
    }
    latest.leases++;
    return new Lease(latest);
  }

  private static synchronized void giveBack(SharedEncoder held) {
    held.leases--;
    held.closeIfLeft();
  }

  private void closeIfLeft() {
    if (leases == 0 && this != latest) {
      encoder.close();
    }
  }

  private static SentenceEncoder open(SentenceFiles files, TextVectors.Embeddings settings) {
    SentenceFiles seen = SentenceFiles.of(files.folder(), files.hadoop().value());
    if (!seen.identity().equals(files.identity())) {
      throw new IllegalStateException(
          "the sentence model in %s was changed while the run went on".formatted(files.folder()));
    }
    try {
      return SentenceEncoder.of(seen.model(), seen.tokenizer(), settings);
    } catch (OrtException | IOException e) {
      throw new IllegalStateException(
          "the sentence model in %s cannot be opened: %s".formatted(files.folder(), e.getMessage()),
          e);
    }
  }
}

package org.millrace.language;

import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;

/** How a text becomes a vector. */
public sealed interface TextVectors {

  /** Learns what it must of texts. */
  FittedVectors fit(Dataset<Row> rows, String text, Analysis analysis);

  /** Whether it learns nothing, so that any texts give the same. */
  boolean given();

  /** In words, for reports. */
  String describe();

  /**
   * Opens what it is given, so that what is wrong with it is said before the work.
   *
   * @throws org.millrace.outcome.Stop exit 2 where its files are not a sentence model
   */
  default void check(Configuration hadoop) {
    sentenceModel().ifPresent(model -> model.open(hadoop));
  }

  /** The sentence model that it is given, if any. */
  default Optional<Embeddings> sentenceModel() {
    return Optional.empty();
  }

  /** Numbers that no words of a language can be told by: 0 or more each. */
  default boolean nonNegative() {
    return false;
  }

  /**
   * Term frequency times inverse document frequency.
   *
   * @param grams most words of a term: 2 for pairs of words too
   * @param weighting of a term's frequency in a text
   * @param idf whether terms weigh the more the rarer they are
   * @param unknownWords what words without a place count for
   */
  record TfIdf(
      Places places, int grams, Weighting weighting, boolean idf, UnknownWords unknownWords)
      implements TextVectors, Serializable {
    public TfIdf {
      Check.that(grams >= 1 && grams <= 5, "grams", grams, "1..5");
    }

    /** What n occurrences of a term in a text count. */
    public enum Weighting {
      /** n. */
      LINEAR,
      /** 1 + ln n. */
      LOGARITHMIC
    }

    /** What words that have no place do. */
    public enum UnknownWords {
      /** Nothing. */
      IGNORED,
      /** They make a text longer, each as a word that no text had, in a last place of their own. */
      COUNTED
    }

    @Override
    public FittedVectors fit(Dataset<Row> rows, String text, Analysis analysis) {
      return TfIdfFit.fit(this, rows, text, analysis);
    }

    @Override
    public boolean given() {
      return false;
    }

    @Override
    public boolean nonNegative() {
      return true;
    }

    @Override
    public String describe() {
      return "TF-IDF";
    }
  }

  /** How terms get places in a vector. */
  sealed interface Places {

    /**
     * By a hash: no list of terms is kept, some share a place.
     *
     * @param size of a vector
     */
    record Hashed(int size) implements Places {
      public Hashed {
        Check.that(size >= 1 && size <= 1 << 24, "size", size, "1..16777216");
      }
    }

    /**
     * The terms that are in most texts.
     *
     * @param size terms at most
     * @param minimumTexts terms in fewer texts are left out
     */
    record Vocabulary(int size, int minimumTexts) implements Places {
      public Vocabulary {
        Check.that(size >= 1 && size <= 2_000_000, "size", size, "1..2000000");
        Check.that(minimumTexts >= 1, "minimum-texts", minimumTexts, "1 or more");
      }
    }
  }

  /**
   * The mean of vectors of words, which are learnt from the texts (Mikolov et al. 2013, skip-gram,
   * by MLlib).
   *
   * @param size of a vector
   * @param window words on each side that count as near
   * @param minimumCount words that are there less often get no vector
   * @param epochs passes over the texts
   * @param learningRate at the start
   */
  record Word2vec(
      int size, int window, int minimumCount, int epochs, double learningRate, long seed)
      implements TextVectors, Serializable {
    public Word2vec {
      Check.that(size >= 1 && size <= 2000, "size", size, "1..2000");
      Check.that(window >= 1 && window <= 100, "window", window, "1..100");
      Check.that(minimumCount >= 1, "minimum-count", minimumCount, "1 or more");
      Check.that(epochs >= 1 && epochs <= 1000, "epochs", epochs, "1..1000");
      Check.that(
          learningRate > 0 && learningRate <= 1, "learning-rate", learningRate, "above 0, up to 1");
    }

    @Override
    public FittedVectors fit(Dataset<Row> rows, String text, Analysis analysis) {
      return Word2vecFit.fit(this, rows, text, analysis);
    }

    @Override
    public boolean given() {
      return false;
    }

    @Override
    public String describe() {
      return "Word2Vec";
    }
  }

  /**
   * What a sentence model, given as ONNX, makes of texts.
   *
   * @param model folder with model.onnx and tokenizer.json, on a file system that the executors see
   * @param maxTokens of a text; what is behind is not seen
   * @param batchSize texts that the model gets at once
   * @param threads that one task's model uses
   * @param normalize whether vectors are scaled to length 1
   */
  record Embeddings(String model, int maxTokens, int batchSize, int threads, boolean normalize)
      implements TextVectors, Serializable {
    public Embeddings {
      Check.that(!model.isBlank(), "model", model, "a folder with model.onnx and tokenizer.json");
      Check.that(maxTokens >= 3 && maxTokens <= 8192, "max-tokens", maxTokens, "3..8192");
      Check.that(batchSize >= 1 && batchSize <= 4096, "batch-size", batchSize, "1..4096");
      Check.that(threads >= 1 && threads <= 256, "threads", threads, "1..256");
    }

    /** Looks at the model's files, and learns nothing of the texts. */
    @Override
    public FittedVectors fit(Dataset<Row> rows, String text, Analysis analysis) {
      return open(rows.sparkSession().sessionState().newHadoopConf());
    }

    /**
     * @throws org.millrace.outcome.Stop exit 2 where the files are not a sentence model
     */
    public FittedVectors open(Configuration hadoop) {
      return SentenceVectors.of(this, hadoop);
    }

    @Override
    public Optional<Embeddings> sentenceModel() {
      return Optional.of(this);
    }

    @Override
    public boolean given() {
      return true;
    }

    @Override
    public String describe() {
      return "sentence embeddings";
    }
  }

  /**
   * TF-IDF and a sentence model side by side, each scaled to length 1 and weighed, so that the
   * cosine of two texts is the weighted mean of both cosines: words that must be met, and what is
   * meant.
   *
   * @param termsShare weight of TF-IDF; the rest is that of the sentence model
   */
  record Hybrid(double termsShare, TfIdf tfIdf, Embeddings embeddings)
      implements TextVectors, Serializable {
    public Hybrid {
      Check.that(
          termsShare > 0 && termsShare < 1, "terms-share", termsShare, "above 0 and below 1");
    }

    @Override
    public FittedVectors fit(Dataset<Row> rows, String text, Analysis analysis) {
      return new HybridVectors(
          termsShare,
          TfIdfFit.fit(tfIdf, rows, text, analysis),
          SentenceVectors.of(embeddings, rows.sparkSession().sessionState().newHadoopConf()));
    }

    @Override
    public boolean given() {
      return false;
    }

    @Override
    public Optional<Embeddings> sentenceModel() {
      return Optional.of(embeddings);
    }

    @Override
    public String describe() {
      return "TF-IDF with sentence embeddings";
    }
  }
}

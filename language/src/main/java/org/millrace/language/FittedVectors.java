package org.millrace.language;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** A way to make vectors of texts that has learnt what it must, and can go to the executors. */
public sealed interface FittedVectors extends Serializable
    permits TfIdfVectors, WordVectors, SentenceVectors, HybridVectors {

  /** Numbers of a vector. */
  int size();

  /** Whether most numbers are zero, so that only the others are worth keeping. */
  default boolean sparse() {
    return false;
  }

  /** So many first places are of terms, the others of what a text means as a whole. */
  default int termPlaces() {
    return 0;
  }

  /**
   * Which of these are of single words (all where terms are hashed), with that of unknown words.
   */
  default BitSet wordPlaces() {
    return new BitSet();
  }

  /** The place that all words without one of their own share; -1 where they have none. */
  default int unknownPlace() {
    return -1;
  }

  /** Texts that are best given at once. */
  int chunk();

  /**
   * What the first numbers of a vector tell of, with their weights, where terms are known by name.
   */
  default List<WeightedTerm> terms() {
    return List.of();
  }

  /**
   * @param weight that it has in every text
   */
  record WeightedTerm(String term, double weight) {}

  /** Opens it on an executor, for one task. */
  Vectorizer open();

  /**
   * Rows with their text's vector, a column of MLlib's vectors, behind their own columns; in their
   * order and partitions.
   */
  default Dataset<Row> append(Dataset<Row> rows, String text, String vector) {
    int place = rows.schema().fieldIndex(text);
    FittedVectors fitted = this;
    return rows.sparkSession()
        .createDataFrame(
            rows.javaRDD().mapPartitions(part -> vectors(part, place, fitted)),
            WiderRows.schema(rows, vector, SQLDataTypes.VectorType()));
  }

  private static Iterator<Row> vectors(Iterator<Row> part, int place, FittedVectors fitted) {
    if (!part.hasNext()) {
      return part;
    }
    Vectorizer vectorizer = fitted.open();
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> vectorizer.close());
    return new WiderRows(part, place, fitted.chunk(), vectorizer::vectors);
  }

  /** The vector of one text, on the driver. */
  default Vector vector(String text) {
    try (Vectorizer vectorizer = open()) {
      return vectorizer.vectors(List.of(text)).get(0);
    }
  }
}

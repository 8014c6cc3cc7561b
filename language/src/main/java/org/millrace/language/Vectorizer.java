package org.millrace.language;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;

/** Makes vectors of texts, for one thread. */
public interface Vectorizer extends AutoCloseable {

  /**
   * A vector for each text, in their order; all zeros for a text without known words, and for null.
   */
  List<Vector> vectors(List<String> texts);

  @Override
  default void close() {}
}

package org.millrace.risk.drift;

import java.io.Serializable;

/** The values of a column in bounded memory: the same for the same rows, whatever their order. */
sealed interface ColumnSketch extends Serializable permits NumberSketch, LevelSketch {

  /** Adds a value as Spark's rows hold it. */
  void add(Object value);

  /** Adds what another sketch of the column has seen. */
  void merge(ColumnSketch other);

  Distribution distribution();
}

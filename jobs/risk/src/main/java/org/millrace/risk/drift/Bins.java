package org.millrace.risk.drift;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import org.millrace.risk.features.ColumnKind;

/** The bins that the values of a column are counted in. A missing value is in none. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ranges.class, name = "ranges"),
  @JsonSubTypes.Type(value = Levels.class, name = "levels")
})
public sealed interface Bins extends Serializable permits Ranges, Levels {

  /** How many there are, at least 1. */
  int count();

  /** What stands under each bin. */
  List<String> labels(ColumnKind kind);

  /** Them as a function of a column's values. */
  Binner binner(ColumnKind kind);

  /** Tells bins of values. */
  interface Binner extends Serializable {
    int MISSING = -1;

    /**
     * The bin of a value.
     *
     * @param value as Spark's rows hold it
     * @return its index, or {@link #MISSING}
     */
    int bin(Object value);

    /**
     * The bin of a number, for columns of kind {@link ColumnKind#NUMERIC}.
     *
     * @param number NaN where it is missing
     */
    default int bin(double number) {
      return bin((Object) number);
    }

    /** Whether values of that bin were in no training row. */
    boolean isUnseen(int bin);
  }
}

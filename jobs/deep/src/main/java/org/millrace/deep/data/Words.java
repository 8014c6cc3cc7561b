package org.millrace.deep.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import org.millrace.config.Check;

/** Where a vocabulary comes from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Words.Fitted.class, name = "fitted"),
  @JsonSubTypes.Type(value = Words.Stored.class, name = "stored"),
})
public sealed interface Words extends Serializable {

  /**
   * The most frequent words of the training rows.
   *
   * @param size words at most, besides padding and unknown
   * @param minimumCount words that are counted less often are left out
   */
  record Fitted(int size, int minimumCount, Count count) implements Words {
    public Fitted {
      Check.that(size >= 1 && size <= 10_000_000, "size", size, "1..10000000");
      Check.that(minimumCount >= 1, "minimum-count", minimumCount, "1 or more");
    }
  }

  /** A file that was written before, one word a line. */
  record Stored(String path) implements Words {
    public Stored {
      Check.that(!path.isBlank(), "path", path, "the path of a vocabulary");
    }
  }

  /** What is counted of a word. */
  enum Count {
    /** The texts that it is in. */
    TEXTS,
    /** Its occurrences. */
    OCCURRENCES
  }
}

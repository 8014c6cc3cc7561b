package org.millrace.language;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.spark.ml.feature.HashingTF;

/** Which place in a vector a term has. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Terms.Hashed.class, name = "hashed"),
  @JsonSubTypes.Type(value = Terms.Known.class, name = "known"),
})
sealed interface Terms extends Serializable {
  int size();

  /** The place of each term; -1 of one without. For one thread. */
  ToIntFunction<String> places();

  /** By MurmurHash3 of the term, as MLlib's HashingTF has it; terms may share a place. */
  record Hashed(int size) implements Terms {
    @Override
    public ToIntFunction<String> places() {
      HashingTF hashing = new HashingTF().setNumFeatures(size);
      return hashing::indexOf;
    }
  }

  /** The terms that have a place, in the order of their places. */
  record Known(List<String> terms) implements Terms {
    @Override
    public int size() {
      return terms.size();
    }

    @Override
    public ToIntFunction<String> places() {
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < terms.size(); i++) {
        places.put(terms.get(i), i);
      }
      return term -> places.getOrDefault(term, -1);
    }
  }
}

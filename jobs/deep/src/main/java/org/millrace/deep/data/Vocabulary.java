package org.millrace.deep.data;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words by their ids, which are fixed once and stored with a model: {@link #PADDING}, {@link
 * #UNKNOWN}, then the words.
 *
 * @param words the most frequent first; their ids begin at 2
 */
public record Vocabulary(List<String> words) implements Serializable {
  public static final int PADDING = 0;
  public static final int UNKNOWN = 1;
  private static final int RESERVED = 2;

  public Vocabulary {
    words = List.copyOf(words);
  }

  /** Ids, with those for padding and unknown words. */
  public int size() {
    return words.size() + RESERVED;
  }

  /** Looks words up; takes memory of its own. */
  public Index index() {
    Map<String, Integer> ids = new HashMap<>(words.size() * 2);
    for (int i = 0; i < words.size(); i++) {
      ids.put(words.get(i), i + RESERVED);
    }
    return new Index(ids);
  }

  /** From word to id. */
  public static final class Index {
    private final Map<String, Integer> ids;

    private Index(Map<String, Integer> ids) {
      this.ids = ids;
    }

    /** {@link #UNKNOWN} for a word that is not in the vocabulary. */
    public int id(String word) {
      return ids.getOrDefault(word, UNKNOWN);
    }
  }
}

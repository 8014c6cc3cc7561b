package org.millrace.language;

import java.util.ArrayList;
import java.util.List;

/** Terms of a text: its words, and so many that follow each other, with a space between. */
final class Grams {
  /** What stands between the words of a term. */
  static final String BETWEEN = " ";

  private final Tokenizer tokenizer;
  private final int longest;

  Grams(Analysis analysis, int longest) {
    this.tokenizer = new Tokenizer(analysis);
    this.longest = longest;
  }

  /** None for null. */
  List<String> of(String text) {
    List<String> words = text == null ? List.of() : tokenizer.tokens(text, Integer.MAX_VALUE);
    if (longest == 1) {
      return words;
    }
    List<String> grams = new ArrayList<>(words);
    for (int length = 2; length <= longest; length++) {
      for (int from = 0; from + length <= words.size(); from++) {
        grams.add(String.join(BETWEEN, words.subList(from, from + length)));
      }
    }
    return grams;
  }
}

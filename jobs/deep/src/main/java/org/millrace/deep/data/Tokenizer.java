package org.millrace.deep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Cuts texts into words. For one thread. */
final class Tokenizer {
  private final Analyzer analyzer;

  Tokenizer(Analysis analysis) {
    this.analyzer = analysis.analyzer();
  }

  /** The first words of a text, at most so many. */
  List<String> tokens(String text, int most) {
    List<String> tokens = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (tokens.size() < most && stream.incrementToken()) {
        tokens.add(term.toString());
      }
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException("a string is read from memory", e);
    }
  }
}

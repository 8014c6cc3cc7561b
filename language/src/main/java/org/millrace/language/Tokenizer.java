package org.millrace.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Cuts texts into words. For one thread. */
public final class Tokenizer {
  private final Analyzer analyzer;

  public Tokenizer(Analysis analysis) {
    this.analyzer = analysis.analyzer();
  }

  /** The first words of a text, at most so many. */
  public List<String> tokens(String text, int most) {
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

  /**
   * Rows with the words of their text, an array of strings, behind their own columns; none for
   * null.
   */
  public static Dataset<Row> append(
      Dataset<Row> rows, String text, String words, Analysis analysis) {
    int place = rows.schema().fieldIndex(text);
    return rows.sparkSession()
        .createDataFrame(
            rows.javaRDD()
                .mapPartitions(
                    part -> {
                      Grams grams = new Grams(analysis, 1);
                      return new WiderRows(part, place, 1, texts -> words(grams, texts));
                    }),
            WiderRows.schema(rows, words, DataTypes.createArrayType(DataTypes.StringType)));
  }

  private static List<String[]> words(Grams grams, List<String> texts) {
    return texts.stream().map(text -> grams.of(text).toArray(String[]::new)).toList();
  }
}

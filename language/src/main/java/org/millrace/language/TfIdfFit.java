package org.millrace.language;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Counts in how many texts a term is. */
final class TfIdfFit {
  private static final String TERM = "value";
  private static final String TEXTS = "texts";

  private TfIdfFit() {}

  static FittedVectors fit(TextVectors.TfIdf c, Dataset<Row> rows, String text, Analysis analysis) {
    boolean logarithmic = c.weighting() == TextVectors.TfIdf.Weighting.LOGARITHMIC;
    long texts = rows.count();
    if (c.places() instanceof TextVectors.Places.Hashed hashed) {
      Terms terms = new Terms.Hashed(hashed.size());
      double[] idf = c.idf() ? hashedWeights(rows, text, analysis, c, terms, texts) : new double[0];
      return new TfIdfVectors(analysis, c.grams(), terms, logarithmic, idf, 0);
    }
    TextVectors.Places.Vocabulary vocabulary = (TextVectors.Places.Vocabulary) c.places();
    // The driver gets no more than the vocabulary, whose size the configuration bounds.
    List<Row> kept =
        counted(terms(rows, text, analysis, c.grams()))
            .filter(col(TEXTS).geq(vocabulary.minimumTexts()))
            .orderBy(col(TEXTS).desc(), col(TERM))
            .limit(vocabulary.size())
            .collectAsList();
    List<String> terms = new ArrayList<>();
    double[] idf = new double[c.idf() ? kept.size() : 0];
    for (Row term : kept) {
      if (c.idf()) {
        idf[terms.size()] = TfIdfVectors.idf(texts, term.getLong(1));
      }
      terms.add(term.getString(0));
    }
    double unknown =
        c.unknownWords() == TextVectors.TfIdf.UnknownWords.IGNORED
            ? 0
            : c.idf() ? TfIdfVectors.idf(texts, 0) : 1;
    return new TfIdfVectors(
        analysis, c.grams(), new Terms.Known(List.copyOf(terms)), logarithmic, idf, unknown);
  }

  private static double[] hashedWeights(
      Dataset<Row> rows,
      String text,
      Analysis analysis,
      TextVectors.TfIdf c,
      Terms terms,
      long texts) {
    int longest = c.grams();
    int place = rows.schema().fieldIndex(text);
    Dataset<Integer> places =
        rows.mapPartitions(
            (MapPartitionsFunction<Row, Integer>)
                part -> {
                  Grams grams = new Grams(analysis, longest);
                  var where = terms.places();
                  return each(
                      part,
                      row -> {
                        LinkedHashSet<Integer> distinct = new LinkedHashSet<>();
                        for (String gram : grams.of(row.getString(place))) {
                          distinct.add(where.applyAsInt(gram));
                        }
                        return distinct.iterator();
                      });
                },
            Encoders.INT());
    double[] idf = new double[terms.size()];
    java.util.Arrays.fill(idf, TfIdfVectors.idf(texts, 0));
    for (Row counted : counted(places).collectAsList()) {
      idf[counted.getInt(0)] = TfIdfVectors.idf(texts, counted.getLong(1));
    }
    return idf;
  }

  private static Dataset<Row> counted(Dataset<?> terms) {
    return terms.groupBy(TERM).agg(count(lit(1)).as(TEXTS));
  }

  /** The terms of each text, each once. */
  private static Dataset<String> terms(
      Dataset<Row> rows, String text, Analysis analysis, int longest) {
    int place = rows.schema().fieldIndex(text);
    return rows.mapPartitions(
        (MapPartitionsFunction<Row, String>)
            part -> {
              Grams grams = new Grams(analysis, longest);
              return each(
                  part, row -> new LinkedHashSet<>(grams.of(row.getString(place))).iterator());
            },
        Encoders.STRING());
  }

  /** What is made of each row, one row at a time. */
  private static <T> Iterator<T> each(Iterator<Row> rows, FlatMapFunction<Row, T> work) {
    return new FlatRows<>(rows, work);
  }
}

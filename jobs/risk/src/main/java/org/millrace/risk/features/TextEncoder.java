package org.millrace.risk.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.feature.HashingTF;
import org.apache.spark.sql.Row;
import org.millrace.risk.model.FeatureMap.Feature;

/**
 * Words of a text, hashed to buckets: how often a bucket's words occur, times the logarithm of how
 * rare they are among training rows (Salton and Buckley 1988; MLlib's formula), at a length of 1.
 *
 * @param idf of each bucket: log((rows + 1) / (rows with it + 1))
 */
record TextEncoder(String column, List<Double> idf) implements ColumnEncoder {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  TextEncoder {
    idf = List.copyOf(idf);
  }

  /** In how many training rows the words of each bucket occur. */
  static TextEncoder fit(String column, JavaRDD<Row> texts, int buckets) {
    Counts counts = texts.treeAggregate(new Counts(buckets), Counts::add, Counts::merge);
    List<Double> idf = new ArrayList<>();
    for (long with : counts.with) {
      idf.add(Math.log((counts.rows + 1.0) / (with + 1.0)));
    }
    return new TextEncoder(column, idf);
  }

  @Override
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (int b = 0; b < idf.size(); b++) {
      features.add(new Feature(column + " words " + b, column));
    }
    return features;
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    int buckets = idf.size();
    float[] counts = count(value, buckets);
    double squares = 0;
    for (int b = 0; b < buckets; b++) {
      double weight = counts[b] * idf.get(b);
      row[at + b] = (float) weight;
      squares += weight * weight;
    }
    if (squares > 0) {
      float length = (float) Math.sqrt(squares);
      for (int b = 0; b < buckets; b++) {
        row[at + b] /= length;
      }
    }
  }

  private static float[] count(Object text, int buckets) {
    float[] counts = new float[buckets];
    if (text != null) {
      HashingTF hashing = new HashingTF(buckets);
      WORD.matcher(String.valueOf(text).toLowerCase(Locale.ROOT))
          .results()
          .forEach(word -> counts[hashing.indexOf(word.group())]++);
    }
    return counts;
  }

  private static final class Counts implements Serializable {
    private static final long serialVersionUID = 1L;
    private final long[] with;
    private long rows;

    Counts(int buckets) {
      with = new long[buckets];
    }

    Counts add(Row row) {
      float[] counts = count(row.get(0), with.length);
      for (int b = 0; b < with.length; b++) {
        with[b] += counts[b] > 0 ? 1 : 0;
      }
      rows++;
      return this;
    }

    Counts merge(Counts other) {
      for (int b = 0; b < with.length; b++) {
        with[b] += other.with[b];
      }
      rows += other.rows;
      return this;
    }
  }
}

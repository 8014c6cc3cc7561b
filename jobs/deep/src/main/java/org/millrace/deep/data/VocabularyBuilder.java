package org.millrace.deep.data;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.language.Analysis;
import org.millrace.language.Tokenizer;
import org.millrace.outcome.Stop;
import scala.Tuple2;

/**
 * Counts words on the executors; only the most frequent come to the driver. Words that are equally
 * frequent are in the order of their characters, so that the same texts give the same vocabulary.
 */
public record VocabularyBuilder(Analysis analysis, Words.Fitted words) implements Serializable {

  /**
   * The vocabulary of a column; rows without a text count nothing.
   *
   * @throws Stop exit 3 where no word is frequent enough
   */
  public Vocabulary build(Dataset<Row> rows, String column) {
    int minimum = words.minimumCount();
    List<Tuple2<String, Long>> best =
        words(rows, column)
            .mapToPair(word -> new Tuple2<>(word, 1L))
            .reduceByKey(Long::sum)
            .filter(counted -> counted._2() >= minimum)
            .map(counted -> counted)
            .takeOrdered(words.size(), new MostFrequentFirst());
    if (best.isEmpty()) {
      throw Stop.contract(
          "no word of column %s is counted %d times; lower minimum-count, or look at the column",
          column, minimum);
    }
    return new Vocabulary(best.stream().map(Tuple2::_1).toList());
  }

  private JavaRDD<String> words(Dataset<Row> rows, String column) {
    Analysis cut = analysis;
    boolean once = words.count() == Words.Count.TEXTS;
    return rows.select(ColumnNames.column(column))
        .javaRDD()
        .mapPartitions(
            texts -> {
              Tokenizer tokenizer = new Tokenizer(cut);
              return new FlatIterator<>(
                  texts,
                  row -> {
                    Collection<String> tokens =
                        row.isNullAt(0)
                            ? List.of()
                            : tokenizer.tokens(row.getString(0), Integer.MAX_VALUE);
                    return once ? new HashSet<>(tokens) : tokens;
                  });
            });
  }

  private static final class MostFrequentFirst
      implements Comparator<Tuple2<String, Long>>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Tuple2<String, Long> a, Tuple2<String, Long> b) {
      int byCount = Long.compare(b._2(), a._2());
      return byCount != 0 ? byCount : a._1().compareTo(b._1());
    }
  }
}

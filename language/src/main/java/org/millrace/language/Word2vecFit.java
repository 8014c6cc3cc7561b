package org.millrace.language;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;
import org.millrace.outcome.Stop;

/** Learns vectors of words by MLlib. */
final class Word2vecFit {
  private static final String WORDS = "words";

  private Word2vecFit() {}

  static FittedVectors fit(
      TextVectors.Word2vec c, Dataset<Row> rows, String text, Analysis analysis) {
    int place = rows.schema().fieldIndex(text);
    JavaRDD<Row> cut = rows.javaRDD().mapPartitions(part -> words(part, place, analysis));
    Dataset<Row> words =
        rows.sparkSession()
            .createDataFrame(
                cut,
                DataTypes.createStructType(
                    new StructField[] {
                      DataTypes.createStructField(
                          WORDS, DataTypes.createArrayType(DataTypes.StringType), false)
                    }))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      // One partition: with more, each would learn by itself and the vectors be added up.
      Word2VecModel model =
          new Word2Vec()
              .setInputCol(WORDS)
              .setOutputCol("vector")
              .setVectorSize(c.size())
              .setWindowSize(c.window())
              .setMinCount(c.minimumCount())
              .setMaxIter(c.epochs())
              .setStepSize(c.learningRate())
              .setNumPartitions(1)
              .setSeed(c.seed())
              .fit(words);
      return vectors(model, c, analysis);
    } catch (IllegalArgumentException e) {
      throw Stop.contract(
              "no word is in the texts %d times (minimum-count), so there is nothing to learn"
                  + " vectors of",
              c.minimumCount())
          .because(e);
    } finally {
      words.unpersist();
    }
  }

  /** MLlib has the vocabulary on the driver already. */
  private static FittedVectors vectors(
      Word2VecModel model, TextVectors.Word2vec c, Analysis analysis) {
    List<Row> learnt = model.getVectors().orderBy("word").collectAsList();
    List<String> known = new ArrayList<>();
    float[] numbers = new float[learnt.size() * c.size()];
    for (Row word : learnt) {
      Vector vector = word.getAs("vector");
      for (int i = 0; i < c.size(); i++) {
        numbers[known.size() * c.size() + i] = (float) vector.apply(i);
      }
      known.add(word.getAs("word"));
    }
    return new WordVectors(analysis, List.copyOf(known), c.size(), numbers);
  }

  private static Iterator<Row> words(Iterator<Row> rows, int place, Analysis analysis) {
    Grams grams = new Grams(analysis, 1);
    return new FlatRows<>(
        rows,
        row ->
            List.of(
                    RowFactory.create(
                        (Object) grams.of(row.getString(place)).toArray(String[]::new)))
                .iterator());
  }
}

package org.millrace.text.answer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The known questions that are nearest to each question, exactly. Every block of pairs meets every
 * question; only the best of each block are shuffled.
 *
 * @param k pairs of a question at most
 */
public record NearestPairs(int k, Nearness nearness) {
  public static final String ASKED = "__asked";
  public static final String PAIR = "__pair";
  private static final int BLOCK = 8192;
  private static final StructType SCHEMA =
      new StructType()
          .add(ASKED, DataTypes.LongType, false)
          .add("rank", DataTypes.LongType, false)
          .add(PAIR, DataTypes.LongType, false)
          .add("score", DataTypes.DoubleType, false);

  /**
   * Rows of {@link #ASKED}, rank from 1, {@link #PAIR} and score (nearness); none for a question of
   * which no pair has anything.
   *
   * @param asked a number and a vector
   * @param pairs a number and a vector
   */
  public Dataset<Row> find(Dataset<Row> asked, Dataset<Row> pairs) {
    int most = k;
    Nearness how = nearness;
    JavaRDD<PairBlock> blocks =
        pairs
            .javaRDD()
            .mapPartitions(part -> blocks(part, how))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      JavaPairRDD<Long, Best> best =
          blocks
              .cartesian(asked.javaRDD())
              .mapToPair(
                  both -> {
                    Row question = both._2();
                    Vector vector = (Vector) question.get(1);
                    return new Tuple2<>(question.getLong(0), both._1().best(vector, most));
                  })
              .reduceByKey(Best::merge);
      JavaRDD<Row> rows = best.flatMap(told -> rows(told._1(), told._2()));
      Dataset<Row> found =
          asked
              .sparkSession()
              .createDataFrame(rows, SCHEMA)
              .persist(StorageLevel.MEMORY_AND_DISK());
      found.count();
      return found;
    } finally {
      blocks.unpersist();
    }
  }

  private static Iterator<PairBlock> blocks(Iterator<Row> pairs, Nearness nearness) {
    List<PairBlock> blocks = new ArrayList<>();
    while (pairs.hasNext()) {
      List<Long> numbers = new ArrayList<>();
      List<Vector> vectors = new ArrayList<>();
      while (pairs.hasNext() && numbers.size() < BLOCK) {
        Row pair = pairs.next();
        numbers.add(pair.getLong(0));
        vectors.add((Vector) pair.get(1));
      }
      blocks.add(PairBlock.of(nearness, numbers, vectors));
    }
    return blocks.iterator();
  }

  private static Iterator<Row> rows(long asked, Best best) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      rows.add(RowFactory.create(asked, i + 1L, best.pair(i), best.score(i)));
    }
    return rows.iterator();
  }
}

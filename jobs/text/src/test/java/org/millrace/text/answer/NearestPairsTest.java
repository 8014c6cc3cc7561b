package org.millrace.text.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class NearestPairsTest {
  private static final Random RANDOM = new Random(3);
  private static final Nearness COSINE = new Nearness(0.3, 0, new BitSet(), -1);

  private static List<Vector> vectors(int count, boolean sparse) {
    List<Vector> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] numbers = new double[12];
      for (int j = 0; j < numbers.length; j++) {
        numbers[j] = sparse && RANDOM.nextInt(3) > 0 ? 0 : RANDOM.nextGaussian();
      }
      vectors.add(sparse ? Vectors.dense(numbers).toSparse() : Vectors.dense(numbers));
    }
    return vectors;
  }

  private static Dataset<Row> table(List<Vector> vectors) {
    List<Row> rows = new ArrayList<>();
    for (Vector vector : vectors) {
      rows.add(RowFactory.create((long) rows.size(), vector));
    }
    return LocalSpark.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("number", DataTypes.LongType)
                .add("vector", SQLDataTypes.VectorType()))
        .repartition(3);
  }

  private static double cosine(Vector a, Vector b) {
    return a.dot(b) / Math.sqrt(a.dot(a) * b.dot(b));
  }

  @Test
  void theGreatestCosinesOfAllPairsAreFound() {
    for (boolean sparse : new boolean[] {true, false}) {
      List<Vector> asked = vectors(20, sparse);
      List<Vector> pairs = vectors(200, sparse);
      Dataset<Row> found = new NearestPairs(4, COSINE).find(table(asked), table(pairs));
      List<Row> rows = found.orderBy(NearestPairs.ASKED, "rank").collectAsList();
      found.unpersist();
      for (int q = 0; q < asked.size(); q++) {
        Vector question = asked.get(q);
        int[] expected =
            IntStream.range(0, pairs.size())
                .boxed()
                .sorted(Comparator.comparingDouble(p -> -cosine(question, pairs.get(p))))
                .limit(4)
                .mapToInt(p -> p)
                .toArray();
        for (int r = 0; r < 4; r++) {
          Row row = rows.get(q * 4 + r);
          assertThat(row.getLong(0)).isEqualTo(q);
          assertThat(row.getLong(1)).isEqualTo(r + 1);
          assertThat(row.getLong(2)).isEqualTo(expected[r]);
          assertThat(row.getDouble(3))
              .isCloseTo(cosine(question, pairs.get(expected[r])), within(1e-6));
        }
      }
    }
  }

  @Test
  void aQuestionThatNothingIsKnownOfFindsNothingAndTiesGoToTheFirst() {
    PairBlock block =
        PairBlock.of(
            COSINE,
            List.of(7L, 5L, 6L),
            List.of(Vectors.dense(1, 0, 0), Vectors.dense(2, 0, 0), Vectors.dense(0, 0, 0)));
    assertThat(block.best(Vectors.dense(0, 1, 0), 2).size()).isZero();
    assertThat(block.best(Vectors.dense(0, 0, 0), 2).size()).isZero();
    Best best = block.best(Vectors.dense(3, 0, 0), 5);
    assertThat(best.size()).isEqualTo(2);
    assertThat(best.pair(0)).isEqualTo(5);
    assertThat(best.pair(1)).isEqualTo(7);
    Best other = new Best(5);
    other.offer(1, 2.0);
    assertThat(Best.merge(best, other).pair(0)).isEqualTo(1);
    assertThat(Best.merge(best, other).size()).isEqualTo(3);
  }

  /** Places of three words, of a pair of words, and two numbers of a sentence model. */
  private static final Nearness BOTH =
      new Nearness(0.25, 4, BitSet.valueOf(new long[] {0b0111}), -1);

  @Test
  void aPairThatHasAllWordsIsNearerThanAShortOneThatLacksSome() {
    Vector question = Vectors.dense(3, 4, 0, 0, 0, 0);
    Vector all = Vectors.dense(1, 1, 5, 0, 0, 0);
    Vector most = Vectors.dense(0, 1, 0, 0, 0, 0);
    PairBlock block = PairBlock.of(BOTH, List.of(1L, 2L), List.of(all, most));

    Best best = block.best(question, 2);

    assertThat(best.pair(0)).isEqualTo(1);
    assertThat(best.score(0)).isCloseTo(0.25 * cosine(question, all) + 0.75, within(1e-6));
    assertThat(best.score(1))
        .isCloseTo(0.25 * cosine(question, most) + 0.75 * 16 / 25, within(1e-6));
  }

  @Test
  void aWordThatNobodyHasIsNotCoveredAndAPairOfWordsIsNoWord() {
    PairBlock block =
        PairBlock.of(
            BOTH,
            List.of(1L, 2L),
            List.of(Vectors.dense(1, 0, 0, 0, 0, 0), Vectors.dense(0, 0, 0, 1, 0, 0)));

    Best best = block.best(Vectors.dense(1, 0, 2, 1, 0, 0), 2);

    assertThat(best.score(0)).isCloseTo(0.25 / Math.sqrt(6) + 0.75 / 5, within(1e-6));
    assertThat(best.score(1)).isCloseTo(0.25 / Math.sqrt(6), within(1e-6));
  }

  @Test
  void aPairIsMetByWhatItMeansWhereThatIsMore() {
    Vector question = Vectors.dense(1, 1, 0, 0, 0.6, 0.8);
    Vector meant = Vectors.dense(0, 1, 0, 0, 1.2, 1.6);
    Vector opposite = Vectors.dense(0, 1, 0, 0, -0.6, -0.8);
    PairBlock block = PairBlock.of(BOTH, List.of(1L, 2L), List.of(meant, opposite));

    Best best = block.best(question, 2);

    assertThat(best.score(0)).isCloseTo(0.25 * cosine(question, meant) + 0.75, within(1e-6));
    assertThat(best.score(1))
        .isCloseTo(0.25 * cosine(question, opposite) + 0.75 * 0.5, within(1e-6));
  }

  /** Words that have no place share the last one, and are not the same word for it. */
  @Test
  void anUnknownWordIsNotMetByAnother() {
    Nearness words = new Nearness(0.25, 3, BitSet.valueOf(new long[] {0b111}), 2);
    PairBlock block =
        PairBlock.of(
            words, List.of(1L, 2L), List.of(Vectors.dense(0, 0, 1), Vectors.dense(1, 0, 1)));

    assertThat(block.best(Vectors.dense(0, 0, 5), 2).size()).isZero();
    Best best = block.best(Vectors.dense(3, 0, 4), 2);
    assertThat(best.size()).isEqualTo(1);
    assertThat(best.score(0)).isCloseTo(0.25 * 0.6 / Math.sqrt(2) + 0.75 * 9 / 25, within(1e-6));
  }

  @Test
  void whatIsAskedWordByWordHasAScoreOfOne() {
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      Vector vector = Vectors.dense(random.doubles(6, 0.01, 1).toArray());
      PairBlock block = PairBlock.of(BOTH, List.of(1L), List.of(vector));
      assertThat(block.best(vector, 1).score(0)).isEqualTo(1);
    }
  }
}

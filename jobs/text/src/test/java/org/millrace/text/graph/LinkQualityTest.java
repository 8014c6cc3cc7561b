package org.millrace.text.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class LinkQualityTest {
  private static final int ENTITIES = 9;
  private static final StructType QUERIES =
      new StructType()
          .add("a", DataTypes.IntegerType, false)
          .add("r", DataTypes.IntegerType, false)
          .add("t", DataTypes.IntegerType, false);

  private static Dataset<Row> queries(int count, long seed) {
    Random chance = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int often = Math.min(chance.nextInt(ENTITIES), chance.nextInt(ENTITIES));
      rows.add(RowFactory.create(chance.nextInt(ENTITIES), chance.nextInt(3), often));
    }
    return LocalSpark.session().createDataFrame(rows, QUERIES).distinct();
  }

  /** The joins say what ranking each query's frequencies one by one says. */
  @Test
  void ranksByFrequencyAreThoseOfScoresThatAreFrequencies() {
    Dataset<Row> learnt = queries(40, 1);
    Dataset<Row> asked = queries(30, 2).except(learnt);
    Dataset<Row> withKnown = Graph.withKnown(asked, learnt.union(asked));
    float[][] frequencies = new float[3][ENTITIES];
    for (Row row : learnt.collectAsList()) {
      frequencies[row.getInt(1)][row.getInt(2)]++;
    }
    List<Double> expected = new ArrayList<>();
    for (Row row : withKnown.select("a", "r", "t", "known").collectAsList()) {
      int[] known = row.<Integer>getList(3).stream().mapToInt(i -> i).toArray();
      expected.add(Ranks.rank(frequencies[row.getInt(1)], 0, ENTITIES, row.getInt(2), known));
    }
    List<Double> ranks = new ArrayList<>();
    LinkQuality.byFrequency(withKnown, learnt, ENTITIES)
        .collectAsList()
        .forEach(row -> ranks.add(row.getDouble(1)));
    Collections.sort(expected);
    Collections.sort(ranks);
    assertThat(expected).hasSizeGreaterThan(10);
    assertThat(ranks).isEqualTo(expected);
  }
}

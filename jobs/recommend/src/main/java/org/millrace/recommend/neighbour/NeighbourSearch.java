package org.millrace.recommend.neighbour;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.ml.feature.BucketedRandomProjectionLSH;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.config.Check;
import org.millrace.recommend.sparse.SparseRows;
import org.millrace.recommend.sparse.UnitRows;
import scala.collection.Seq;

/** How neighbours are looked for. */
public sealed interface NeighbourSearch {

  /**
   * The most similar other rows of each row of a matrix.
   *
   * @param rows columns row (int), columns (array of int, ascending), values (array of float), of
   *     Euclidean length 1
   * @param height number of rows
   * @param width number of columns
   */
  Found among(Dataset<Row> rows, int height, int width, Similarity similarity);

  /**
   * All pairs with a common column. The matrix goes to each executor once, 8 bytes an entry; the
   * time grows with the sum over columns of their entries squared.
   */
  record Exact() implements NeighbourSearch {
    @Override
    public Found among(Dataset<Row> rows, int height, int width, Similarity similarity) {
      SparseRows transposed =
          SparseRows.broadcast(UnitRows.transposed(rows), /* height= */ width, /* width= */ height);
      int tasks = 4 * rows.sparkSession().sparkContext().defaultParallelism();
      Dataset<Row> spread = rows.repartition(tasks, col("row"));
      return new Found(
          spread.mapPartitions(
              new NeighbourFinder(transposed.reader(), similarity), Encoders.row(UnitRows.SCHEMA)),
          transposed::close);
    }
  }

  /**
   * Only pairs that random projections put into one bucket (Datar et al., Locality-sensitive
   * hashing scheme based on p-stable distributions, SCG 2004; MLlib's implementation): misses some,
   * and is faster where rows are many and mostly unlike.
   *
   * @param tables hash tables; more find more and cost more
   * @param bucketLength width of a bucket; rows have length 1, so their distances are 0 to 2
   * @param leastCosine pairs that are less alike are left out
   */
  record Lsh(int tables, double bucketLength, double leastCosine, long seed)
      implements NeighbourSearch {
    public Lsh {
      Check.that(tables >= 1 && tables <= 1000, "tables", tables, "a whole number in 1..1000");
      Check.that(
          bucketLength > 0 && bucketLength <= 10, "bucket-length", bucketLength, "above 0, to 10");
      Check.that(leastCosine >= 0 && leastCosine < 1, "least-cosine", leastCosine, "0 to below 1");
    }

    @Override
    public Found among(Dataset<Row> rows, int height, int width, Similarity similarity) {
      UDF2<Seq<Integer>, Seq<Float>, Vector> vector = (c, v) -> sparse(width, c, v);
      Dataset<Row> vectors =
          rows.select(
              col("row"),
              udf(vector, SQLDataTypes.VectorType())
                  .apply(col("columns"), col("values"))
                  .as("vector"));
      double farthest = Math.sqrt(2 - 2 * leastCosine);
      Dataset<?> pairs =
          new BucketedRandomProjectionLSH()
              .setInputCol("vector")
              .setOutputCol("hashes")
              .setNumHashTables(tables)
              .setBucketLength(bucketLength)
              .setSeed(seed)
              .fit(vectors)
              .approxSimilarityJoin(vectors, vectors, farthest);
      UDF2<Vector, Vector, Double> shrunk =
          (a, b) -> similarity.of(a.dot(b), common((SparseVector) a, (SparseVector) b));
      UserDefinedFunction similar = udf(shrunk, DataTypes.DoubleType);
      Column one = col("datasetA.row");
      Column other = col("datasetB.row");
      Dataset<Row> entries =
          pairs
              .filter(one.notEqual(other))
              .select(
                  one.as("row"),
                  other.as("column"),
                  similar
                      .apply(col("datasetA.vector"), col("datasetB.vector"))
                      .cast("float")
                      .as("value"))
              .filter(col("value").gt(0));
      return new Found(best(entries, similarity.neighbours()), () -> {});
    }

    private static Dataset<Row> best(Dataset<Row> entries, int neighbours) {
      return entries
          .groupBy("row")
          .agg(
              expr("slice(array_sort(collect_list(struct(-value as distance, column, value))), 1, %d)"
                      .formatted(neighbours))
                  .as("best"))
          .select(col("row"), col("best.column").as("columns"), col("best.value").as("values"));
    }

    private static Vector sparse(int width, Seq<Integer> columns, Seq<Float> values) {
      int[] indices = new int[columns.size()];
      double[] numbers = new double[indices.length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = columns.apply(i);
        numbers[i] = values.apply(i);
      }
      return Vectors.sparse(width, indices, numbers);
    }

    private static int common(SparseVector a, SparseVector b) {
      int[] one = a.indices();
      int[] other = b.indices();
      int common = 0;
      for (int i = 0, j = 0; i < one.length && j < other.length; ) {
        int order = Integer.compare(one[i], other[j]);
        common += order == 0 ? 1 : 0;
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
      }
      return common;
    }
  }

  /**
   * Neighbours, readable until closed.
   *
   * @param rows columns row, columns (numbers of the neighbours, most similar first), values
   *     (similarities); rows without a neighbour may be absent
   */
  record Found(Dataset<Row> rows, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
      release.run();
    }
  }
}

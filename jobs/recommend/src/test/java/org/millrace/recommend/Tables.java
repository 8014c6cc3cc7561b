package org.millrace.recommend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import org.millrace.testing.LocalSpark;

/** Ratings to test with. */
public final class Tables {

  private static final StructType RATINGS =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("item", DataTypes.StringType)
          .add("rating", DataTypes.DoubleType);

  private Tables() {}

  public static Row rating(String user, String item, double rating) {
    return RowFactory.create(user, item, rating);
  }

  public static Dataset<Row> ratings(Row... rows) {
    return ratings(List.of(rows));
  }

  public static Dataset<Row> ratings(List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, RATINGS);
  }

  /**
   * A share of the cells of a matrix: mean + user and item biases + a product of rank 3 + noise.
   */
  public static Dataset<Row> lowRank(long seed, int users, int items, double share, double noise) {
    Random random = new Random(seed);
    double[][] u = normal(random, users, 4);
    double[][] v = normal(random, items, 4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      for (int j = 0; j < items; j++) {
        double truth = 3 + 0.5 * u[i][3] + 0.5 * v[j][3];
        for (int k = 0; k < 3; k++) {
          truth += u[i][k] * v[j][k];
        }
        if (random.nextDouble() < share) {
          rows.add(rating("u" + i, "i" + j, truth + noise * random.nextGaussian()));
        }
      }
    }
    return ratings(rows);
  }

  /**
   * 100,004 ratings of films with columns user, item, rating, timestamp; skips the test if absent.
   */
  public static Dataset<Row> films() {
    Optional<Path> file =
        Optional.ofNullable(System.getProperty("millrace.home"))
            .map(
                home ->
                    Path.of(home, "..", "shared", "data", "ratings")
                        .resolve("movielens_dslabs_ratings.csv.gz"))
            .filter(Files::exists);
    Assumptions.assumeTrue(file.isPresent(), "the shared film ratings are not here");
    return LocalSpark.session()
        .read()
        .option("header", "true")
        .csv(file.orElseThrow().toString())
        .selectExpr(
            "userId as user",
            "movieId as item",
            "cast(rating as double) as rating",
            "timestamp_seconds(cast(timestamp as bigint)) as timestamp");
  }

  private static double[][] normal(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return matrix;
  }
}

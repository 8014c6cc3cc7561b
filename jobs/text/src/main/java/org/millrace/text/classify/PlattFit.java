package org.millrace.text.classify;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.language.Analysis;

/** Sigmoids that make probabilities of the sums of support vectors, fitted on out-of-fold rows. */
public final class PlattFit {
  /** Sums that the driver takes; of more rows a sample, which two numbers a class are told by. */
  private static final double MOST_NUMBERS = 4e6;

  private static final long SEED = 42;

  private PlattFit() {}

  /** A sigmoid a class. */
  public static Link.Sigmoids fit(
      Dataset<Row> rows, int folds, int classes, Candidate candidate, Analysis analysis) {
    Dataset<Row> sums = null;
    List<CrossValidation.Round> rounds = new ArrayList<>();
    try {
      for (int fold = 0; fold < folds; fold++) {
        CrossValidation.Round round =
            CrossValidation.Round.of(rows, fold, candidate.vectors(), analysis);
        rounds.add(round);
        Classifier fitted = candidate.learner().fit(round.train(), classes, candidate.vectors());
        Dataset<Row> own = sums(round.test(), fitted);
        sums = sums == null ? own : sums.union(own);
      }
      Dataset<Row> all = sums.persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return sigmoids(all, classes);
      } finally {
        all.unpersist();
      }
    } finally {
      rounds.forEach(CrossValidation.Round::close);
    }
  }

  private static Dataset<Row> sums(Dataset<Row> rows, Classifier classifier) {
    JavaRDD<Row> sums =
        rows.select(Examples.VECTOR, Examples.LABEL)
            .javaRDD()
            .map(
                row ->
                    RowFactory.create(
                        row.getDouble(1), Vectors.dense(classifier.scores((Vector) row.get(0)))));
    StructType schema =
        new StructType()
            .add(Examples.LABEL, DataTypes.DoubleType)
            .add(Examples.VECTOR, SQLDataTypes.VectorType());
    return rows.sparkSession().createDataFrame(sums, schema);
  }

  private static Link.Sigmoids sigmoids(Dataset<Row> sums, int classes) {
    double share = Math.min(1, MOST_NUMBERS / ((double) classes * Math.max(1, sums.count())));
    List<Row> known = (share < 1 ? sums.sample(share, SEED) : sums).collectAsList();
    double[] slopes = new double[classes];
    double[] offsets = new double[classes];
    double[] each = new double[known.size()];
    boolean[] own = new boolean[known.size()];
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < each.length; i++) {
        each[i] = ((Vector) known.get(i).get(1)).apply(c);
        own[i] = known.get(i).getDouble(0) == c;
      }
      Sigmoid sigmoid = Sigmoid.fit(each, own);
      slopes[c] = sigmoid.slope();
      offsets[c] = sigmoid.offset();
    }
    return new Link.Sigmoids(slopes, offsets);
  }
}

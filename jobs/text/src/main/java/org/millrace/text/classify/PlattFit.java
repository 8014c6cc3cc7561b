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
  private static final int ITERATIONS = 100;

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
    double[] slopes = new double[classes];
    double[] offsets = new double[classes];
    for (int c = 0; c < classes; c++) {
      int one = c;
      JavaRDD<Row> against =
          sums.javaRDD()
              .map(
                  row ->
                      RowFactory.create(
                          row.getDouble(0) == one ? 1.0 : 0.0,
                          Vectors.dense(new double[] {((Vector) row.get(1)).apply(one)})));
      LinearClassifier line =
          new LinearFit(0, ITERATIONS)
              .logistic(sums.sparkSession().createDataFrame(against, sums.schema()), 2);
      slopes[c] = line.weights()[1];
      offsets[c] = line.intercepts()[1];
    }
    return new Link.Sigmoids(slopes, offsets);
  }
}

package org.millrace.text.classify;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ClassificationTally;

/** Tallies what a classifier says of rows whose class is known. */
public final class Measurement {
  private Measurement() {}

  public static ClassificationTally of(Dataset<Row> rows, Classifier classifier) {
    int classes = classifier.classes();
    JavaRDD<Row> known = rows.select(Examples.VECTOR, Examples.LABEL).javaRDD();
    return known
        .mapPartitions(
            part -> {
              ClassificationTally tally = new ClassificationTally(classes);
              part.forEachRemaining(
                  row ->
                      tally.add(
                          (int) row.getDouble(1),
                          classifier.probabilities(classifier.scores((Vector) row.get(0)))));
              return List.of(tally).iterator();
            })
        .treeReduce(ClassificationTally::merge);
  }

  /** What is tallied when every row gets the same probabilities: the shares of the classes. */
  public static ClassificationTally ofShares(Dataset<Row> rows, List<Double> shares) {
    float[] same = new float[shares.size()];
    for (int c = 0; c < same.length; c++) {
      same[c] = shares.get(c).floatValue();
    }
    return rows.select(Examples.LABEL)
        .javaRDD()
        .mapPartitions(
            part -> {
              ClassificationTally tally = new ClassificationTally(same.length);
              part.forEachRemaining(row -> tally.add((int) row.getDouble(0), same));
              return new ArrayList<>(List.of(tally)).iterator();
            })
        .treeReduce(ClassificationTally::merge);
  }
}

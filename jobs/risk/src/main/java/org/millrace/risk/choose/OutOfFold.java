package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ScoreHistogram;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Predictor;
import scala.collection.Seq;

/** Scores of training rows by models that have not seen them. */
public final class OutOfFold {
  /** An array of doubles: raw scores. */
  public static final String RAW = "raw";

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final StructType SCHEMA =
      new StructType()
          .add(Examples.ID, DataTypes.LongType, false)
          .add(Examples.LABEL, DataTypes.DoubleType, false)
          .add(Examples.WEIGHT, DataTypes.DoubleType, false)
          .add(Examples.FOLD, DataTypes.IntegerType, false)
          .add(RAW, DOUBLES, false)
          .add(Judge.SAID, DOUBLES, false);

  private OutOfFold() {}

  /**
   * Scores rows.
   *
   * @param byFold what was fitted for the rows of a fold; rows of other folds are left out
   * @return the columns id, label, weight, fold, {@link #RAW} and {@link Judge#SAID}, which is
   *     after the link function
   */
  public static Dataset<Row> score(Examples examples, Map<Integer, Fitted> byFold) {
    Map<Integer, Predictor> predictors = new TreeMap<>();
    Map<Integer, Link> links = new TreeMap<>();
    byFold.forEach(
        (fold, fitted) -> {
          predictors.put(fold, fitted.predictor());
          links.put(fold, fitted.link());
        });
    JavaRDD<Row> rows =
        examples
            .rows()
            .filter(col(Examples.FOLD).isin(byFold.keySet().toArray()))
            .select(Examples.ID, Examples.LABEL, Examples.WEIGHT, Examples.FOLD, Examples.FEATURES)
            .javaRDD()
            .map(row -> scored(row, predictors.get(row.getInt(3)), links.get(row.getInt(3))));
    return examples.rows().sparkSession().createDataFrame(rows, SCHEMA);
  }

  /** What was said of the positive class of each row, beside whether it is of it. */
  static ScoreHistogram told(Examples examples, Map<Integer, Fitted> byFold) {
    return score(examples, byFold)
        .select(Examples.LABEL, Judge.SAID)
        .javaRDD()
        .treeAggregate(
            new ScoreHistogram(),
            (told, row) -> {
              Seq<Object> said = row.getAs(1);
              told.add((Double) said.apply(0), row.getDouble(0) == 1);
              return told;
            },
            ScoreHistogram::merge);
  }

  private static Row scored(Row row, Predictor predictor, Link link) {
    double[] features = ((DenseVector) row.get(4)).values();
    float[] encoded = new float[features.length];
    for (int f = 0; f < encoded.length; f++) {
      encoded[f] = (float) features[f];
    }
    double[] raw = new double[predictor.outputs()];
    predictor.raw(encoded, raw);
    double[] said = new double[raw.length];
    link.apply(raw, said);
    return RowFactory.create(
        row.getLong(0), row.getDouble(1), row.getDouble(2), row.getInt(3), raw, said);
  }
}

package org.millrace.features.text;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.language.FittedVectors.WeightedTerm;

/** What the places of TF-IDF vectors stand for. */
public final class TermTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("place", DataTypes.LongType, false)
          .add("term", DataTypes.StringType, false)
          .add("weight", DataTypes.DoubleType, false);

  private TermTable() {}

  public static Dataset<Row> of(SparkSession spark, List<WeightedTerm> terms) {
    List<Row> rows = new ArrayList<>();
    for (WeightedTerm term : terms) {
      rows.add(RowFactory.create((long) rows.size(), term.term(), term.weight()));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }
}

package org.millrace.risk;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.model.Task;

/** What the scores of a task look like. */
final class ScoreSchema {
  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

  private ScoreSchema() {}

  /** Their contract. */
  static String contract(Task task) {
    return switch (task) {
      case BINARY -> "scores.risk-binary.v1";
      case MULTICLASS -> "scores.risk-classes.v1";
      case REGRESSION -> "scores.risk-numbers.v1";
      case ANOMALY -> "scores.risk-anomalies.v1";
    };
  }

  /** The kept columns of the table, what the model says, and the reasons. */
  static StructType of(Task task, StructType table, List<String> kept) {
    StructType schema = new StructType();
    for (String column : kept) {
      schema = schema.add(table.apply(column));
    }
    StructType said =
        switch (task) {
          case BINARY ->
              schema
                  .add("probability", DataTypes.DoubleType)
                  .add("class", DataTypes.StringType)
                  .add("decision", DataTypes.BooleanType);
          case MULTICLASS ->
              schema
                  .add("class", DataTypes.StringType)
                  .add("probability", DataTypes.DoubleType)
                  .add("probabilities", DOUBLES);
          case REGRESSION -> schema.add("value", DataTypes.DoubleType);
          case ANOMALY ->
              schema.add("anomaly", DataTypes.DoubleType).add("decision", DataTypes.BooleanType);
        };
    return said.add("raw_score", DataTypes.DoubleType)
        .add("base_score", DataTypes.DoubleType)
        .add("reason_columns", TEXTS)
        .add("reason_values", TEXTS)
        .add("reason_contributions", DOUBLES);
  }
}

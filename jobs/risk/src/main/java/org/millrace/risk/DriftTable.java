package org.millrace.risk;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.drift.ColumnDrift;
import org.millrace.risk.drift.DriftConfig;

/** How far each column has drifted, as rows: {@value #CONTRACT}. */
final class DriftTable {
  static final String CONTRACT = "drift.v1";

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final StructType SCHEMA =
      new StructType()
          .add("role", DataTypes.StringType)
          .add("column", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("psi", DataTypes.DoubleType)
          .add("psi_by_chance", DataTypes.DoubleType)
          .add("psi_rarely_by_chance", DataTypes.DoubleType)
          .add("baseline_rows", DataTypes.LongType)
          .add("rows", DataTypes.LongType)
          .add("baseline_missing_rate", DataTypes.DoubleType)
          .add("missing_rate", DataTypes.DoubleType)
          .add("unseen_rate", DataTypes.DoubleType)
          .add("unseen_levels", TEXTS)
          .add("bins", TEXTS)
          .add("baseline_shares", DOUBLES)
          .add("shares", DOUBLES)
          .add("judged", DataTypes.BooleanType)
          .add("finding", DataTypes.StringType)
          .add("model_version", DataTypes.StringType);

  private final DriftConfig config;
  private final String modelVersion;
  private final List<Row> rows = new ArrayList<>();

  DriftTable(DriftConfig config, String modelVersion) {
    this.config = config;
    this.modelVersion = modelVersion;
  }

  /**
   * Adds columns.
   *
   * @param role {@code feature} or {@code score}
   */
  DriftTable add(String role, List<ColumnDrift> drifts) {
    for (ColumnDrift drift : drifts) {
      rows.add(row(role, drift));
    }
    return this;
  }

  private Row row(String role, ColumnDrift drift) {
    return RowFactory.create(
        role,
        drift.column(),
        drift.baseline().kind().id(),
        drift.psi(),
        drift.psiByChance(),
        drift.psiRarelyByChance(),
        drift.baseline().rows(),
        drift.rows(),
        drift.missingBefore(),
        drift.missingNow(),
        Double.isNaN(drift.unseenRate()) ? null : drift.unseenRate(),
        drift.unseen().toArray(),
        drift.labels().toArray(),
        drift.sharesBefore().toArray(),
        drift.sharesNow().toArray(),
        config.judges(drift),
        config.finding(drift).orElse(null),
        modelVersion);
  }

  int size() {
    return rows.size();
  }

  Dataset<Row> dataset(SparkSession spark) {
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }
}

package org.millrace.table;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFooterReader;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;

/**
 * Reads the schema of Parquet files as Spark does, from the footer of the first of them, but here:
 * Spark starts a job on the cluster for that one footer.
 */
final class ParquetSchema {
  private ParquetSchema() {}

  /**
   * A reader that knows the schema.
   *
   * @param files sorted by path
   */
  static DataFrameReader reader(SparkSession spark, Configuration hadoop, List<FileStatus> files)
      throws IOException {
    boolean merges =
        Boolean.parseBoolean(spark.conf().get("spark.sql.parquet.mergeSchema", "false"));
    FileStatus first = files.get(0);
    if (merges || first.getLen() == 0) {
      return spark.read();
    }
    ParquetMetadata footer =
        ParquetFooterReader.readFooter(hadoop, first, ParquetMetadataConverter.SKIP_ROW_GROUPS);
    var converter = new ParquetToSparkSchemaConverter(spark.sessionState().conf());
    return spark
        .read()
        .schema(
            ParquetFileFormat.readSchemaFromFooter(new Footer(first.getPath(), footer), converter));
  }
}

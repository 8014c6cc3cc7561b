package org.millrace.deep.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Rows that broke a rule.
 *
 * @param rows the columns of the table as texts (of bytes and arrays only how many there are) and
 *     {@link #REASON}
 */
public record RefusedRows(Refusal.Rule rule, long count, Dataset<Row> rows) {
  /** The column that says why. */
  public static final String REASON = "_reason";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULE = "rule";
  private static final String ROW = "row";

  /** A refused row as a line of JSON. */
  static String line(Row row, Refusal refusal) {
    ObjectNode values = JSON.createObjectNode();
    for (int i = 0; i < row.length(); i++) {
      if (!row.isNullAt(i)) {
        values.put(row.schema().apply(i).name(), text(row.get(i)));
      }
    }
    ObjectNode line = JSON.createObjectNode();
    line.put(RULE, refusal.rule().id());
    line.put(REASON, refusal.reason());
    line.set(ROW, values);
    return line.toString();
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    return value instanceof Seq<?> array ? "array of " + array.length() : value.toString();
  }

  /** The id of the rule in what {@link #line} made. */
  static String rule(byte[] tagged) {
    try {
      return JSON.readTree(Tagged.line(tagged)).path(RULE).asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of ours", e);
    }
  }

  /** Those of one rule, from files of such lines. */
  static RefusedRows read(
      Refusal.Rule rule, long count, List<String> files, SparkSession spark, StructType schema) {
    StructType texts = new StructType();
    for (String column : schema.fieldNames()) {
      texts = texts.add(column, DataTypes.StringType);
    }
    StructType line =
        new StructType()
            .add(RULE, DataTypes.StringType)
            .add(REASON, DataTypes.StringType)
            .add(ROW, texts);
    Dataset<Row> rows =
        spark
            .read()
            .schema(line)
            .json(files.toArray(String[]::new))
            .filter(functions.col(RULE).equalTo(rule.id()))
            .select(functions.col(ROW + ".*"), functions.col(REASON));
    return new RefusedRows(rule, count, rows);
  }
}

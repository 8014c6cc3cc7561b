package org.millrace.text.graph;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.Function1;

/**
 * Questions to a graph and how their paths are written.
 *
 * @param separator between the relations of a path
 * @param inverse before a relation that is walked from tail to head
 */
public record Questions(String separator, String inverse) {
  /** Relations of the longest path. */
  public static final int LONGEST = 8;

  /** Adds the column steps: the relations of the path, empty without one. */
  public Dataset<Row> withSteps(Dataset<Row> questions) {
    Function1<Column, Column> trim = functions::trim;
    Column parts = transform(split(col("path"), Pattern.quote(separator), -1), trim);
    return questions.withColumn(
        "steps", when(col("path").isNull(), array().cast("array<string>")).otherwise(parts));
  }

  /**
   * Triples as edges in both directions.
   *
   * @param triples head, relation, tail
   * @return from, relation (with the mark where it is walked backwards), to; each once
   */
  public Dataset<Row> edges(Dataset<Row> triples) {
    return triples
        .select(col("head").as("from"), col("relation"), col("tail").as("to"))
        .union(
            triples.select(
                col("tail").as("from"),
                concat(lit(inverse), col("relation")).as("relation"),
                col("head").as("to")))
        .distinct();
  }
}

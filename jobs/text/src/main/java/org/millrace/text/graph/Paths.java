package org.millrace.text.graph;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Answers by walking along edges. What a question has reached is kept once with the number of ways
 * to it, so that hubs cost no more than the entities behind them.
 */
public final class Paths {
  private Paths() {}

  /**
   * Walks.
   *
   * @param questions question, entity (null: every entity that the path begins at), steps (empty:
   *     all edges of the entity)
   * @param edges from, relation, to
   * @param longest the most steps of a question
   * @return question, subject, path (the only relation of a question without steps, else null),
   *     answer, score (the number of ways)
   */
  public static Dataset<Row> answers(Dataset<Row> questions, Dataset<Row> edges, int longest) {
    Dataset<Row> around =
        questions
            .filter(size(col("steps")).equalTo(0))
            .join(edges, col("entity").equalTo(col("from")))
            .select(
                col("question"),
                col("entity").as("subject"),
                col("relation").as("path"),
                col("to").as("answer"),
                lit(1.0).as("score"));
    Dataset<Row> answers = around;
    Dataset<Row> reached = begin(questions, edges);
    for (int step = 1; step <= longest; step++) {
      reached =
          reached
              .filter(size(col("steps")).geq(step))
              .join(
                  edges,
                  col("node")
                      .equalTo(col("from"))
                      .and(element_at(col("steps"), step).equalTo(col("relation"))))
              .groupBy("question", "subject", "steps", "to")
              .agg(sum("ways").as("ways"))
              .withColumnRenamed("to", "node");
      answers =
          answers.union(
              reached
                  .filter(size(col("steps")).equalTo(step))
                  .select(
                      col("question"),
                      col("subject"),
                      lit(null).cast("string").as("path"),
                      col("node").as("answer"),
                      col("ways").as("score")));
    }
    return answers;
  }

  private static Dataset<Row> begin(Dataset<Row> questions, Dataset<Row> edges) {
    Dataset<Row> asked = questions.filter(size(col("steps")).gt(0));
    Dataset<Row> fromOne =
        asked
            .filter(col("entity").isNotNull())
            .select(col("question"), col("entity").as("subject"), col("steps"));
    Dataset<Row> fromAll =
        asked
            .filter(col("entity").isNull())
            .join(
                edges.select("from", "relation").distinct(),
                element_at(col("steps"), 1).equalTo(col("relation")))
            .select(col("question"), col("from").as("subject"), col("steps"));
    return fromOne.union(fromAll).withColumn("node", col("subject")).withColumn("ways", lit(1.0));
  }
}

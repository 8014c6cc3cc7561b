package org.millrace.text;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.Run;
import org.millrace.table.KeptTable;
import org.millrace.text.graph.Questions;

/** Refuses questions that the graph cannot be asked. */
final class QuestionCheck {
  private static final Map<String, String> RULES =
      new TreeMap<>(
          Map.of(
              "question.empty", "about an entity, along a path, or both",
              "question.path",
                  "with a path of 1 to %d relations, none of them empty"
                      .formatted(Questions.LONGEST),
              "question.unknown-entity", "about an entity that the triples have",
              "question.unknown-relation", "along relations that the triples have"));

  private final Run run;
  private final Dataset<Row> edges;
  private long refused;

  QuestionCheck(Run run, Dataset<Row> edges) {
    this.run = run;
    this.edges = edges;
  }

  /**
   * The questions that can be asked; the others are refused.
   *
   * @param questions question, entity, path, steps
   */
  KeptTable sound(Dataset<Row> questions) {
    try (KeptTable judged = KeptTable.of(judged(questions))) {
      RULES.forEach(
          (rule, accepted) -> {
            Dataset<Row> broken = judged.rows().filter(col("rule").equalTo(rule));
            if (!broken.isEmpty()) {
              refused +=
                  run.refuse(
                      "questions", broken.select("question", "entity", "path"), rule, accepted);
            }
          });
      return KeptTable.of(judged.rows().filter(col("rule").isNull()).drop("rule"));
    }
  }

  private Dataset<Row> judged(Dataset<Row> questions) {
    Dataset<Row> entities =
        edges.select(col("from").as("entity")).distinct().withColumn("known", lit(true));
    Dataset<Row> strange =
        questions
            .select(col("question"), explode(col("steps")).as("relation"))
            .join(edges.select("relation").distinct(), new String[] {"relation"}, "left_anti")
            .select("question")
            .distinct()
            .withColumn("strange", lit(true));
    Column noPath = col("path").isNull();
    Column badPath = size(col("steps")).gt(Questions.LONGEST).or(array_contains(col("steps"), ""));
    return questions
        .join(entities, new String[] {"entity"}, "left")
        .join(strange, new String[] {"question"}, "left")
        .withColumn(
            "rule",
            when(noPath.and(col("entity").isNull()), "question.empty")
                .when(badPath, "question.path")
                .when(
                    col("entity").isNotNull().and(col("known").isNull()), "question.unknown-entity")
                .when(col("strange").isNotNull(), "question.unknown-relation"))
        .drop("known", "strange");
  }

  long refused() {
    return refused;
  }
}

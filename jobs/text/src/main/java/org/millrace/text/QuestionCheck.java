package org.millrace.text;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.Run;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.text.graph.Questions;

/** Judges questions: those that the graph cannot be asked, and those to which it has no answer. */
final class QuestionCheck {
  private static final String RULE = "__rule";
  private static final String REASON = "_reason";
  private static final String ROW = "__row";
  private static final int SHOWN = 60;

  private static final Map<String, String> ACCEPTED =
      new TreeMap<>(
          Map.of(
              "question.empty", "about an entity, along a path, or both",
              "question.path",
                  "with a path of 1 to %d relations, none of them empty"
                      .formatted(Questions.LONGEST),
              "question.unknown-entity", "about an entity that the triples have",
              "question.unknown-relation", "along relations that the triples have"));

  private QuestionCheck() {}

  /**
   * Splits off the questions that cannot be asked.
   *
   * @param questions question, entity, path, steps
   * @param edges from, relation, to
   */
  static JudgedRows judge(Run run, Dataset<Row> questions, Dataset<Row> edges) {
    return run.judge(
        "questions", judged(questions, edges), new JudgedRows.Verdict(RULE, REASON, ROW), ACCEPTED);
  }

  /**
   * Refuses the questions to which there was no answer.
   *
   * @param asked question, entity, path
   * @param answered question
   * @return how many there were
   */
  static long refuseUnanswered(
      Run run, CheckedTable questions, Dataset<Row> asked, Dataset<Row> answered) {
    Column from = concat(lit("from entity "), shown(col("entity")));
    Column along = concat(lit("along path "), shown(col("path")));
    return run.refuse(
        questions,
        asked
            .join(answered, new String[] {"question"}, "left_anti")
            .select(
                col("question"),
                col("entity"),
                col("path"),
                concat(
                        lit("nothing is reached "),
                        coalesce(from, lit("from any entity")),
                        lit(" "),
                        coalesce(along, lit("by any relation")))
                    .as(REASON)),
        "question.no-answer",
        "one to which the facts, or the model where it is asked, have an answer");
  }

  private static Dataset<Row> judged(Dataset<Row> questions, Dataset<Row> edges) {
    Dataset<Row> entities =
        edges.select(col("from").as("entity")).distinct().withColumn("known", lit(true));
    Dataset<Row> strange =
        questions
            .select(col("question"), posexplode(col("steps")).as(new String[] {"at", "relation"}))
            .join(edges.select("relation").distinct(), new String[] {"relation"}, "left_anti")
            .groupBy("question")
            .agg(min(struct("at", "relation")).as("strange"));
    Dataset<Row> looked =
        questions
            .select("question", "entity", "path", "steps")
            .join(entities, new String[] {"entity"}, "left")
            .join(strange, new String[] {"question"}, "left");
    Column rule = rule();
    return looked.select(
        col("question"),
        col("entity"),
        col("path"),
        col("steps"),
        rule.as(RULE),
        reason(rule).as(REASON),
        when(rule.isNotNull(), struct("question", "entity", "path")).as(ROW));
  }

  private static Column rule() {
    Column noPath = col("path").isNull();
    Column badPath = size(col("steps")).gt(Questions.LONGEST).or(array_contains(col("steps"), ""));
    return when(noPath.and(col("entity").isNull()), "question.empty")
        .when(badPath, "question.path")
        .when(col("entity").isNotNull().and(col("known").isNull()), "question.unknown-entity")
        .when(col("strange").isNotNull(), "question.unknown-relation");
  }

  /** A sentence with the value that is wrong; relations are counted from 1 along the path. */
  private static Column reason(Column rule) {
    Column relations = size(col("steps"));
    return when(rule.equalTo("question.empty"), "there is neither an entity nor a path")
        .when(
            rule.equalTo("question.path").and(relations.gt(Questions.LONGEST)),
            concat(lit("the path has "), relations, lit(" relations")))
        .when(
            rule.equalTo("question.path"),
            concat(
                lit("relation "),
                array_position(col("steps"), ""),
                lit(" of path "),
                shown(col("path")),
                lit(" is empty")))
        .when(
            rule.equalTo("question.unknown-entity"),
            concat(lit("entity "), shown(col("entity")), lit(" is not in the triples")))
        .when(
            rule.equalTo("question.unknown-relation"),
            concat(
                lit("relation "),
                col("strange.at").plus(1),
                lit(" of the path, "),
                shown(col("strange.relation")),
                lit(", is not in the triples")));
  }

  private static Column shown(Column text) {
    Column begun =
        when(length(text).gt(SHOWN), concat(substring(text, 1, SHOWN), lit("..."))).otherwise(text);
    return concat(lit("'"), begun, lit("'"));
  }
}

package org.millrace.text;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.size;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.text.graph.Predictor;

/**
 * Predicted answers: those of questions about one entity and one relation. The model is sent to
 * each executor once.
 */
record GraphPrediction(Broadcast<Predictor> model, int atMost) implements AutoCloseable {
  private static final StructType SCHEMA =
      new StructType()
          .add("question", DataTypes.StringType, false)
          .add("subject", DataTypes.StringType, false)
          .add("path", DataTypes.StringType)
          .add("answer", DataTypes.StringType, false)
          .add("score", DataTypes.DoubleType, false);

  static GraphPrediction of(SparkSession spark, Predictor model, int atMost) {
    return new GraphPrediction(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model), atMost);
  }

  /**
   * Predicts what is not a fact already.
   *
   * @param questions question, entity, steps
   * @param edges from, relation, to
   * @return as {@link org.millrace.text.graph.Paths#answers}, with probabilities as scores
   */
  Dataset<Row> answers(Dataset<Row> questions, Dataset<Row> edges) {
    Dataset<Row> asked =
        questions
            .filter(col("entity").isNotNull().and(size(col("steps")).equalTo(1)))
            .select(col("question"), col("entity"), element_at(col("steps"), 1).as("relation"));
    Dataset<Row> facts =
        edges
            .withColumnRenamed("from", "entity")
            .join(
                asked.select("entity", "relation").distinct(), new String[] {"entity", "relation"})
            .groupBy("entity", "relation")
            .agg(collect_set("to").as("known"));
    Broadcast<Predictor> shared = model;
    int most = atMost;
    JavaRDD<Row> predicted =
        asked
            .join(facts, new String[] {"entity", "relation"}, "left")
            .select("question", "entity", "relation", "known")
            .javaRDD()
            .flatMap(question -> predict(shared.value(), question, most));
    return questions.sparkSession().createDataFrame(predicted, SCHEMA);
  }

  private static Iterator<Row> predict(Predictor model, Row question, int atMost) {
    List<String> facts = question.isNullAt(3) ? List.of() : question.getList(3);
    Set<String> known = new HashSet<>(facts);
    return model.best(question.getString(1), question.getString(2), known, atMost).stream()
        .map(
            p ->
                RowFactory.create(
                    question.getString(0),
                    question.getString(1),
                    null,
                    p.answer(),
                    p.probability()))
        .iterator();
  }

  @Override
  public void close() {
    model.destroy();
  }
}

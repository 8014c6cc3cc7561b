package org.millrace.text;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.table.KeptTable;
import org.millrace.table.RowCounts;
import org.millrace.text.graph.Paths;
import org.millrace.text.graph.Predictor;
import org.millrace.text.graph.Questions;

/** Answers questions by the facts of a graph and, where asked, by a model of its links. */
public final class GraphAnswer implements Job<GraphAnswerConfig> {
  private static final String CONTRACT = "text.graph-answers.v1";

  @Override
  public String name() {
    return "text.graph-answer";
  }

  @Override
  public String summary() {
    return "answer questions by the facts of a graph (entities, relations, paths), and by predicted"
        + " links";
  }

  @Override
  public Class<GraphAnswerConfig> config() {
    return GraphAnswerConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "triples: triples.v1",
        "questions: graph-questions.v1",
        "with predict: a model of kind graph, by text.graph-train");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT: " + CONTRACT);
  }

  @Override
  public List<NamedTable> tables(GraphAnswerConfig c) {
    return List.of(
        new NamedTable("triples", c.triples(), GraphHoldout.COLUMNS),
        new NamedTable("questions", c.questions(), List.of("question")));
  }

  @Override
  public void run(Run run, GraphAnswerConfig c) {
    Optional<ModelVersion> version =
        c.predict().map(p -> run.loadModel(GraphFiles.KIND, p.modelVersion()));
    CheckedTable triples = run.read(tables(c).get(0));
    CheckedTable questions = run.read(tables(c).get(1));
    Questions syntax = new Questions(c.separator(), c.inverse());
    Optional<GraphPrediction> model =
        version.map(
            v ->
                GraphPrediction.of(
                    run.spark(), read(run, v, c), c.predict().orElseThrow().atMost()));
    try (KeptTable edges = KeptTable.of(syntax.edges(triples.rows()))) {
      JudgedRows judged =
          QuestionCheck.judge(run, syntax.withSteps(questions.rows()), edges.rows());
      try (KeptTable asked = run.step("check questions", () -> KeptTable.of(judged.rows()))) {
        questions.alsoRefused(judged.broken());
        questions.enforce();
        Dataset<Row> answers =
            answers(c, asked.rows(), edges.rows(), model)
                .withColumn(
                    "model_version",
                    when(
                        col("source").equalTo("model"),
                        lit(version.map(ModelVersion::version).orElse(null)).cast("string")));
        run.publishTable(
            c.output(),
            CONTRACT,
            answers,
            written -> reconcile(run, questions, judged, asked.rows(), written.get()));
      }
    } finally {
      model.ifPresent(GraphPrediction::close);
    }
  }

  private static Predictor read(Run run, ModelVersion version, GraphAnswerConfig c) {
    return run.step("read vectors", () -> GraphFiles.read(run.spark(), version, c.inverse()));
  }

  private static Dataset<Row> answers(
      GraphAnswerConfig c,
      Dataset<Row> asked,
      Dataset<Row> edges,
      Optional<GraphPrediction> model) {
    Row most = asked.agg(max(size(col("steps")))).first();
    int longest = most.isNullAt(0) ? 0 : most.getInt(0);
    Dataset<Row> facts = Paths.answers(asked, edges, longest).withColumn("source", lit("fact"));
    Dataset<Row> all =
        model
            .map(m -> facts.unionByName(m.answers(asked, edges).withColumn("source", lit("model"))))
            .orElse(facts);
    return all.join(asked.select("question", "path").withColumnRenamed("path", "asked"), "question")
        .withColumn("path", coalesce(col("path"), col("asked")))
        .withColumn(
            "rank",
            row_number()
                .over(
                    Window.partitionBy("question")
                        .orderBy(
                            col("source"),
                            col("score").desc(),
                            col("answer"),
                            col("subject"),
                            col("path"))))
        .filter(col("rank").leq(c.limit()))
        .select("question", "rank", "subject", "path", "answer", "score", "source");
  }

  /** Questions in = questions with an answer + questions that are refused. */
  private static RowCounts reconcile(
      Run run,
      CheckedTable questions,
      JudgedRows judged,
      Dataset<Row> asked,
      Dataset<Row> written) {
    Dataset<Row> answered = written.select("question").distinct();
    long none = QuestionCheck.refuseUnanswered(run, questions, asked, answered);
    Map<String, Double> bars = new TreeMap<>();
    for (Row row : written.filter("rank = 1").groupBy("source").count().collectAsList()) {
      bars.put("first answer a " + row.getString(0), (double) row.getLong(1));
    }
    long answeredCount = answered.count();
    bars.put("refused", (double) (questions.seen() - answeredCount));
    run.report()
        .chart(
            Chart.bars(
                "Questions by what came of them",
                "outcome",
                "questions",
                List.copyOf(bars.keySet()),
                List.of(new Series("questions", List.of(), List.copyOf(bars.values())))));
    return new RowCounts(
        "question",
        questions.seen(),
        answeredCount,
        questions.rejected() + judged.rejected() + none);
  }
}

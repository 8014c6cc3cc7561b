package org.millrace.text;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.language.Refused;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;
import org.millrace.text.classify.Classifier;
import org.millrace.text.classify.Examples;

/** Publishes the class of each text, by a model that was trained before. */
public final class TextScore implements Job<TextScore.Config> {
  private static final String CONTRACT = "scores.classes.v1";
  private static final List<String> MADE = List.of("class", "probability", "probabilities");
  private static final String RULE = "__rule";
  private static final String REASON = "__reason";
  private static final String ROW = "__row";

  /**
   * The keys of this job; defaults and meanings are in {@code reference.conf}.
   *
   * @param keep columns that are published beside; empty for the contract's key
   */
  public record Config(TableRef texts, List<String> keep, Optional<String> modelVersion) {
    public Config {
      keep = List.copyOf(keep);
    }
  }

  @Override
  public String name() {
    return "text.score";
  }

  @Override
  public String summary() {
    return "publish the class of each text with the probability of every class";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "texts: a contract of yours with the model's column of texts", "a model of kind text");
  }

  @Override
  public List<String> outputs() {
    return List.of("scores/USE_CASE: " + CONTRACT);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("texts", c.texts(), c.keep()));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(TextModel.KIND, c.modelVersion());
    TextModel model = TextModel.read(version.path(), run.spark().sessionState().newHadoopConf());
    CheckedTable table = run.stream(tables(c).get(0).judging(model.text()));
    List<String> kept = kept(table, c, model);
    JudgedRows judged =
        run.judge(
            "texts",
            judgement(table.rows(), kept, model),
            new JudgedRows.Verdict(RULE, REASON, ROW),
            model.checks().accepted());
    run.publishScores(
        CONTRACT,
        scored(judged.rows(), kept, model),
        version,
        written -> {
          table.alsoRefused(judged.broken());
          table.enforce();
          long lost = table.rejected() + judged.rejected();
          return new RowCounts("row", table.seen(), table.seen() - lost, lost);
        });
  }

  private static List<String> kept(CheckedTable table, Config c, TextModel model) {
    List<String> kept =
        c.keep().isEmpty()
            ? table.contract().keys().stream().findFirst().orElse(List.of())
            : c.keep();
    if (kept.isEmpty() || kept.stream().anyMatch(MADE::contains)) {
      throw Stop.usage(
          "text.score: kept are %s; name in keep the columns by which the scores are told apart,"
              + " none of them %s",
          kept, String.join(", ", MADE));
    }
    boolean readable =
        table
            .contract()
            .field(model.text())
            .map(f -> f.type().spark() instanceof StringType)
            .orElse(false);
    if (!readable) {
      throw Stop.usage(
          "text.score: the model reads column %s, which contract %s does not have as a string",
          model.text(), table.contract().id());
    }
    return kept;
  }

  private static Dataset<Row> judgement(Dataset<Row> rows, List<String> kept, TextModel model) {
    Column rule = model.checks().rule(model.text());
    List<Column> columns = new ArrayList<>();
    List<Column> shown = new ArrayList<>();
    kept.stream()
        .filter(k -> !k.equals(model.text()))
        .forEach(
            k -> {
              columns.add(ColumnNames.column(k));
              shown.add(ColumnNames.column(k));
            });
    columns.add(ColumnNames.column(model.text()).as(Examples.TEXT));
    shown.add(Refused.shown(model.text()));
    columns.add(rule.as(RULE));
    columns.add(when(rule.isNotNull(), lit(model.text() + " as it is read")).as(REASON));
    columns.add(when(rule.isNotNull(), struct(shown.toArray(Column[]::new))).as(ROW));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> scored(Dataset<Row> rows, List<String> kept, TextModel model) {
    Classifier classifier = model.classifier();
    List<String> classes = List.copyOf(model.classes());
    UDF1<Vector, double[]> tell =
        vector -> {
          float[] told = classifier.probabilities(classifier.scores(vector));
          double[] probabilities = new double[told.length];
          for (int i = 0; i < told.length; i++) {
            probabilities[i] = told[i];
          }
          return probabilities;
        };
    UDF1<scala.collection.Seq<Double>, Integer> best =
        told -> {
          float[] each = new float[told.size()];
          for (int i = 0; i < each.length; i++) {
            each[i] = told.apply(i).floatValue();
          }
          return ClassificationTally.argMax(each);
        };
    UDF1<Integer, String> name = classes::get;
    List<Column> columns = new ArrayList<>();
    kept.forEach(
        k ->
            columns.add(k.equals(model.text()) ? col(Examples.TEXT).as(k) : ColumnNames.column(k)));
    columns.add(udf(name, DataTypes.StringType).apply(col("__best")).as("class"));
    columns.add(element_at(col("probabilities"), col("__best").plus(1)).as("probability"));
    columns.add(col("probabilities"));
    return model
        .vectors()
        .append(rows, Examples.TEXT, Examples.VECTOR)
        .withColumn(
            "probabilities",
            udf(tell, DataTypes.createArrayType(DataTypes.DoubleType)).apply(col(Examples.VECTOR)))
        .withColumn("__best", udf(best, DataTypes.IntegerType).apply(col("probabilities")))
        .select(columns.toArray(Column[]::new));
  }
}

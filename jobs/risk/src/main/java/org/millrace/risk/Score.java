package org.millrace.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.risk.model.Task;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Scores a table with a model: every row in one pass. */
public final class Score implements Job<Score.Config> {
  static final String CLASSES_CONTRACT = "scores.classes.v1";
  static final String NUMBERS_CONTRACT = "scores.numbers.v1";

  /**
   * The keys; defaults and meanings are in {@code reference.conf}.
   *
   * @param keep columns of the examples that the scores carry; empty for the contract's key
   */
  public record Config(TableRef examples, Optional<String> modelVersion, List<String> keep) {
    public Config {
      keep = List.copyOf(keep);
    }
  }

  @Override
  public String name() {
    return "risk.score";
  }

  @Override
  public String summary() {
    return "score a table with a model of risk.train: probabilities, or values";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "examples: a contract of yours with the columns that the model's features are made of",
        "a model of kind " + RiskModel.KIND);
  }

  @Override
  public List<String> outputs() {
    return List.of("scores/USE_CASE: " + CLASSES_CONTRACT + " or " + NUMBERS_CONTRACT);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("examples", c.examples(), c.keep()));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(RiskModel.KIND, c.modelVersion());
    RiskModel model = RiskFiles.read(version.path(), run.spark().sessionState().newHadoopConf());
    CheckedTable input = run.stream(tables(c).get(0));
    run.publishScores(
        model.label().task() == Task.REGRESSION ? NUMBERS_CONTRACT : CLASSES_CONTRACT,
        scored(input.rows(), kept(input, c), model),
        version,
        written -> {
          input.enforce();
          return new RowCounts("row", input.seen(), written.get().count(), input.rejected());
        });
  }

  private static List<String> kept(CheckedTable input, Config c) {
    List<String> kept =
        c.keep().isEmpty()
            ? input.contract().keys().stream().findFirst().orElse(List.of())
            : c.keep();
    if (kept.isEmpty()) {
      throw Stop.usage(
          "risk.score: contract %s has no key; name in keep the columns by which the scores are told apart",
          input.contract().id());
    }
    return kept;
  }

  private static Dataset<Row> scored(Dataset<Row> rows, List<String> kept, RiskModel model) {
    StructType schema = new StructType();
    for (String column : kept) {
      schema = schema.add(rows.schema().apply(column));
    }
    boolean classes = model.label().task() != Task.REGRESSION;
    if (classes) {
      schema = schema.add("class", DataTypes.StringType).add("probability", DataTypes.DoubleType);
    }
    schema =
        schema.add(
            classes ? "probabilities" : "numbers", DataTypes.createArrayType(DataTypes.DoubleType));
    int[] places = kept.stream().mapToInt(rows.schema()::fieldIndex).toArray();
    RiskModel.Scorer scorer = model.scorer(rows.schema());
    FittedLabel label = model.label();
    JavaRDD<Row> scores = rows.javaRDD().map(row -> row(row, places, scorer, label));
    return rows.sparkSession().createDataFrame(scores, schema);
  }

  private static Row row(Row row, int[] kept, RiskModel.Scorer scorer, FittedLabel label) {
    scorer.score(row);
    double[] said = scorer.said().clone();
    List<Object> values = new ArrayList<>();
    for (int place : kept) {
      values.add(row.get(place));
    }
    if (label.task() != Task.REGRESSION) {
      if (label.task() == Task.BINARY) {
        said = new double[] {1 - said[0], said[0]};
      }
      int best = 0;
      for (int i = 1; i < said.length; i++) {
        best = said[i] > said[best] ? i : best;
      }
      values.add(label.classes().get(best));
      values.add(said[best]);
    }
    values.add(said);
    return RowFactory.create(values.toArray());
  }
}

package org.millrace.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.millrace.config.Check;
import org.millrace.deep.data.Encoded;
import org.millrace.deep.data.FittedLabel;
import org.millrace.deep.data.Refusal;
import org.millrace.deep.data.SeriesWindows;
import org.millrace.eval.ClassificationTally;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Prospect;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contract;
import org.millrace.table.JudgedRows;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Scores a table with a network: every row in one pass, a replica a task slot. */
public final class Score implements Job<Score.Config> {
  private static final List<String> MADE =
      List.of("class", "probability", "probabilities", "numbers");
  static final String CLASSES_CONTRACT = "scores.classes.v1";
  static final String NUMBERS_CONTRACT = "scores.numbers.v1";

  /**
   * The keys; defaults and meanings are in {@code reference.conf}.
   *
   * @param keep columns of the examples that the scores carry; empty for the contract's key
   */
  public record Config(
      TableRef examples,
      Optional<SeriesWindows> windows,
      Optional<String> modelVersion,
      List<String> keep,
      int batchSize) {
    public Config {
      Check.that(batchSize >= 1 && batchSize <= 65_536, "batch-size", batchSize, "1..65536");
      keep = List.copyOf(keep);
    }
  }

  @Override
  public String name() {
    return "deep.score";
  }

  @Override
  public String summary() {
    return "score a table with a network: classes with probabilities, or numbers";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "examples: a contract of yours with the columns that the network's inputs name",
        "a model of kind " + NetworkModel.KIND);
  }

  @Override
  public List<String> outputs() {
    return List.of("scores/USE_CASE: " + CLASSES_CONTRACT + " or " + NUMBERS_CONTRACT);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(
        new NamedTable(
            "examples", c.examples(), c.windows().map(Windowed::columns).orElse(c.keep())));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(NetworkModel.KIND, c.modelVersion());
    NetworkModel model =
        NetworkModel.read(version.path(), run.spark().sessionState().newHadoopConf());
    NamedTable table = tables(c).get(0);
    // Series are gone over twice: for their windows, and for those that have none.
    CheckedTable input = c.windows().isPresent() ? run.read(table) : run.stream(table);
    if (c.windows().isEmpty()) {
      model.requireColumns(input.contract(), false);
    }
    Dataset<Row> examples = c.windows().map(w -> w.latest(input.rows())).orElse(input.rows());
    boolean classes = model.encoding().label() instanceof FittedLabel.Classes;
    try (NetworkModel.Shipped shipped =
        model.ship(run.spark(), version.version() + "/" + run.runId(), c.batchSize())) {
      Dataset<Row> scored = scored(examples, kept(input.contract(), c), shipped);
      Map<String, String> accepted = new LinkedHashMap<>();
      for (Refusal.Rule rule : Refusal.Rule.values()) {
        accepted.put(rule.id(), rule.accepted());
      }
      JudgedRows judged =
          run.judge(
              "examples",
              scored,
              new JudgedRows.Verdict(Refusals.RULE, Refusals.REASON, Refusals.ROW),
              accepted);
      run.publishScores(
          classes ? CLASSES_CONTRACT : NUMBERS_CONTRACT,
          judged.rows(),
          version,
          written ->
              c.windows().isPresent()
                  ? SeriesCounts.of(run, input, examples, judged, c, written.get())
                  : reconcile(run, input, judged, c, written.get()));
    }
  }

  @Override
  public void check(Prospect prospect, Config c) {
    var unused = kept(prospect.contracts().get(c.examples().contract()), c);
  }

  /**
   * @throws Stop exit 2 where nothing would tell scores apart, or a name would be there twice
   */
  private static List<String> kept(Contract contract, Config c) {
    if (c.windows().isPresent()) {
      return Windowed.keys(c.windows().get());
    }
    List<String> kept =
        c.keep().isEmpty() ? contract.keys().stream().findFirst().orElse(List.of()) : c.keep();
    if (kept.isEmpty()) {
      throw Stop.usage(
          "deep.score: contract %s has no key; name in keep the columns by which the scores are told apart",
          contract.id());
    }
    if (kept.stream().distinct().count() < kept.size() || kept.stream().anyMatch(MADE::contains)) {
      throw Stop.usage(
          "deep.score: kept are %s; accepted: columns, each once, that are not called %s, as scores are;"
              + " name others in keep, or rename them in the contract",
          String.join(", ", kept), String.join(", ", MADE));
    }
    return kept;
  }

  /** The kept columns, what the network says, and of rows that it could not see the rule. */
  private static Dataset<Row> scored(
      Dataset<Row> examples, List<String> kept, NetworkModel.Shipped model) {
    StructType schema = examples.schema();
    List<StructField> fields = new ArrayList<>();
    kept.forEach(column -> fields.add(schema.apply(column)));
    if (fields.stream().anyMatch(f -> f.dataType() instanceof BinaryType)) {
      throw Stop.usage(
          "deep.score: keep names a column of bytes; accepted: columns that tell rows apart");
    }
    boolean classes = model.encoding().label() instanceof FittedLabel.Classes;
    if (classes) {
      fields.add(DataTypes.createStructField("class", DataTypes.StringType, true));
      fields.add(DataTypes.createStructField("probability", DataTypes.DoubleType, true));
    }
    fields.add(
        DataTypes.createStructField(
            classes ? "probabilities" : "numbers",
            DataTypes.createArrayType(DataTypes.DoubleType),
            true));
    fields.add(DataTypes.createStructField(Refusals.RULE, DataTypes.StringType, true));
    fields.add(DataTypes.createStructField(Refusals.REASON, DataTypes.StringType, true));
    StructType shown = Refusals.shown(schema);
    fields.add(DataTypes.createStructField(Refusals.ROW, shown, true));
    int[] places = kept.stream().mapToInt(schema::fieldIndex).toArray();
    JavaRDD<Row> rows =
        examples.javaRDD().mapPartitions(part -> score(part, schema, places, model));
    return examples.sparkSession().createDataFrame(rows, DataTypes.createStructType(fields));
  }

  private static Iterator<Row> score(
      Iterator<Row> rows, StructType schema, int[] kept, NetworkModel.Shipped model) {
    Iterator<Prediction> predictions = PredictingIterator.of(rows, schema, model, false);
    FittedLabel label = model.encoding().label();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return predictions.hasNext();
      }

      @Override
      public Row next() {
        return row(predictions.next(), kept, label);
      }
    };
  }

  private static Row row(Prediction prediction, int[] kept, FittedLabel label) {
    List<Object> values = new ArrayList<>();
    for (int place : kept) {
      values.add(prediction.row().get(place));
    }
    Optional<Refusal> refusal =
        prediction.encoded() instanceof Encoded.Refused refused
            ? Optional.of(refused.refusal())
            : Optional.empty();
    float[] outputs = prediction.outputs();
    if (label instanceof FittedLabel.Classes classes) {
      int best = refusal.isPresent() ? -1 : ClassificationTally.argMax(outputs);
      values.add(best < 0 ? null : classes.classes().get(best));
      values.add(best < 0 ? null : (double) outputs[best]);
      values.add(best < 0 ? null : doubles(outputs));
    } else {
      FittedLabel.Numbers numbers = (FittedLabel.Numbers) label;
      double[] own = doubles(outputs);
      for (int i = 0; i < own.length; i++) {
        own[i] = numbers.standardization().undo(i, own[i]);
      }
      values.add(refusal.isPresent() ? null : own);
    }
    values.add(refusal.map(r -> r.rule().id()).orElse(null));
    values.add(refusal.map(Refusal::reason).orElse(null));
    values.add(refusal.isPresent() ? Refusals.shown(prediction.row()) : null);
    return RowFactory.create(values.toArray());
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static RowCounts reconcile(
      Run run, CheckedTable input, JudgedRows judged, Config c, Dataset<Row> written) {
    input.enforce();
    input.alsoRefused(judged.broken());
    Refusals.require(input, c.examples(), judged.broken());
    if (judged.rejected() > 0) {
      Refusals.tell(run.report(), judged.broken());
    }
    return new RowCounts(
        "row", input.seen(), written.count(), input.rejected() + judged.rejected());
  }
}

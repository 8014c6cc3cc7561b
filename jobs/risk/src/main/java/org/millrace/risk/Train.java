package org.millrace.risk;

import static org.apache.spark.sql.functions.avg;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.MeasuredMetric;
import org.millrace.outcome.Stop;
import org.millrace.risk.choose.CrossValidation;
import org.millrace.risk.choose.Trial;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.explain.Background;
import org.millrace.risk.explain.Explainer;
import org.millrace.risk.explain.Reasons;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.features.FeatureColumn;
import org.millrace.risk.features.Leakage;
import org.millrace.risk.features.RowEncoder;
import org.millrace.risk.features.Targets;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.Learner;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.Task;
import org.millrace.risk.time.TimeColumns;
import org.millrace.table.CheckedTable;

/** Trains a model of classes or of a number on a table and publishes it. */
public final class Train implements Job<TrainConfig> {
  /** Orders of the features a background row, where contributions are sampled. */
  private static final int SHAPLEY_PAIRS = 2;

  @Override
  public String name() {
    return "risk.train";
  }

  @Override
  public String summary() {
    return "train a classifier or a regression on a table: chosen by cross-validation, measured on"
        + " held-out rows";
  }

  @Override
  public Class<TrainConfig> config() {
    return TrainConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("examples: a contract of yours with the label and columns to make features of");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind " + RiskModel.KIND);
  }

  @Override
  public List<NamedTable> tables(TrainConfig c) {
    return List.of(new NamedTable("examples", c.examples(), c.columns()));
  }

  @Override
  public void run(Run run, TrainConfig c) {
    CheckedTable input = run.read(tables(c).get(0));
    if (c.label().column().isEmpty()) {
      new UnlabelledTraining(run, c).train(input);
      return;
    }
    if (c.timeSeries().isEmpty()) {
      train(run, c, input, new Labelling(run, input, c).rows());
      return;
    }
    try (SeriesRows series = SeriesRows.of(run, input, c.timeSeries().get(), c.label().name())) {
      train(run, c, input, series.labelled());
    }
  }

  private static void train(Run run, TrainConfig c, CheckedTable input, Dataset<Row> labelled) {
    List<FeatureColumn> columns = featureColumns(input, c);
    FittedLabel label =
        run.step(
            "look at labels", () -> new LabelFitter(c.label(), input.contract()).fit(labelled));
    Tuning.requireSuited(label.task(), c);
    Split whole = c.holdout().split(labelled, roles(input, columns, c));
    Split split =
        c.timeSeries()
            .map(series -> SeriesSplit.of(run.report(), whole, series.column()))
            .orElse(whole);
    Encoding.requireRows(split.train(), c);
    SharedKeys.warnings(split, input.contract(), c).forEach(run.report()::warn);
    Dataset<Row> train =
        c.choose()
            .assign(
                Labelling.numbered(split.train(), input, label, c.timeSeries()),
                label.classes().isEmpty() ? Optional.empty() : Optional.of(Labelling.LABEL),
                c.timeSeries().map(series -> TimeColumns.TARGET_TIME),
                c.seed());
    EncodingFitter.Encoded encoded =
        run.step(
            "fit features",
            () ->
                new EncodingFitter(c.features())
                    .fit(train, columns, Optional.of(targets(label, c))));
    warnOfLeft(run, encoded);
    RowEncoder encoder = encoded.encoder();
    Examples examples = run.step("encode", () -> Encoding.cached(train, encoded, label));
    try {
      Leakage.warnings(examples, pastOnly(c)).forEach(run.report()::warn);
      c.balance().warning(examples).ifPresent(run.report()::warn);
      Trial chosen = run.step("choose", () -> choose(run, examples, c));
      Optional<Adjustment> correction =
          chosen.learner().knowsShares()
              ? Optional.empty()
              : c.balance().correction(examples, c.seed());
      Tuning tuning = run.step("calibrate", () -> Tuning.fit(chosen, examples, correction, c));
      Fitted fitted =
          run.step(
              "fit",
              () ->
                  c.balance()
                      .learn(
                          examples,
                          c.seed(),
                          rows -> chosen.settled().fit(rows, Optional.empty(), c.seed())));
      RiskModel model =
          new RiskModel(
              encoder,
              fitted.predictor(),
              fitted.link(),
              label.withShares(shares(examples, train, label)),
              correction,
              tuning.calibration().map(a -> a),
              tuning.decision(),
              c.timeSeries());
      List<MeasuredMetric> quality =
          run.step(
              "evaluate",
              () ->
                  TestMeasurement.tell(
                      run.report(),
                      model,
                      split.test(),
                      c.groups(),
                      "no rows are left to measure on; %s Give more rows or choose another holdout"
                          .formatted(c.holdout().describe())));
      Baseline baseline =
          run.step(
              "measure baseline", () -> BaselineFile.measure(model, train, columns, split.test()));
      Fitted kept =
          c.refit()
              ? run.step(
                  "fit on all rows",
                  () -> new Refit(input, label, c).fit(chosen, encoded, train, whole))
              : fitted;
      RiskModel published = model.with(kept.predictor());
      Background background = BackgroundFile.draw(examples, c.seed());
      run.step("tell influence", () -> influence(run, published, examples, background, c));
      Publication publication = new Publication(run, c, input);
      publication.publish(
          published,
          kept,
          new Beside(background, baseline),
          quality,
          publication.description(published, kept));
    } finally {
      examples.rows().unpersist();
    }
  }

  private static Targets targets(FittedLabel label, TrainConfig c) {
    return new Targets(Labelling.LABEL, Examples.FOLD, label.size(), c.choose()::informing);
  }

  static void warnOfLeft(Run run, EncodingFitter.Encoded encoded) {
    encoded
        .left()
        .forEach(
            (column, why) ->
                run.report().warn("column %s %s: no feature is made of it".formatted(column, why)));
  }

  static Void influence(
      Run run, RiskModel model, Examples examples, Background background, TrainConfig c) {
    Explainer explainer =
        new Reasons.Method.Shap(SHAPLEY_PAIRS, c.seed()).explainer(model.predictor(), background);
    float[][] rows = BackgroundFile.draw(examples, c.seed(), Influence.ROWS);
    new Influence(model, rows).tell(run.report(), explainer);
    return null;
  }

  static List<FeatureColumn> featureColumns(CheckedTable input, TrainConfig c) {
    Set<String> others = new HashSet<>(c.keys());
    c.label().column().ifPresent(others::add);
    input.contract().keys().forEach(others::addAll);
    c.timeSeries().ifPresent(series -> others.add(series.column()));
    return FeatureColumn.of(input.contract(), c.features(), others, pastOnly(c));
  }

  /** Features that are made of what was before a row. */
  private static List<String> pastOnly(TrainConfig c) {
    return c.timeSeries().map(series -> series.names(c.label().name())).orElse(List.of());
  }

  /** Rows are held out by their key; where there is none, by all that features are made of. */
  static Roles roles(CheckedTable input, List<FeatureColumn> columns, TrainConfig c) {
    List<String> keys =
        !c.keys().isEmpty()
            ? c.keys()
            : input.contract().keys().stream()
                .findFirst()
                .orElseGet(() -> columns.stream().map(FeatureColumn::name).toList());
    return new Roles(keys, c.time());
  }

  private static Trial choose(Run run, Examples examples, TrainConfig c) {
    String metric = c.chosenBy(examples.task());
    CrossValidation validation =
        new CrossValidation(c.choose().rounds(), c.balance(), metric, c.seed());
    List<Trial> trials = new ArrayList<>();
    for (Learner learner : learners(examples, c)) {
      trials.add(validation.tryOut(learner, examples));
    }
    if (c.blend()) {
      validation.blend(trials, examples).ifPresent(trials::add);
    }
    Trial best = CrossValidation.best(trials, metric);
    run.report().table(CrossValidation.table(trials, best, metric));
    return best;
  }

  private static List<Learner> learners(Examples examples, TrainConfig c) {
    Task task = examples.task();
    List<Learner> learners = c.learners(task, examples.rows().count());
    learners.stream()
        .filter(learner -> !learner.learns(task))
        .findFirst()
        .ifPresent(
            learner -> {
              throw Stop.usage(
                  "candidates names %s, which does not learn the task %s that label column %s"
                      + " makes; name another learner or set label.task",
                  learner.name(), task, c.label().name());
            });
    return learners;
  }

  private static List<Double> shares(Examples examples, Dataset<Row> train, FittedLabel label) {
    if (label.task() == Task.REGRESSION) {
      Column value =
          label.asNumber(
              ColumnNames.column(train, label.column())); // Examples may have another scale.
      return List.of(train.agg(avg(value)).first().getDouble(0));
    }
    double[] rows = new double[examples.classes()];
    for (Row row : examples.rows().groupBy(Examples.LABEL).count().collectAsList()) {
      rows[(int) row.getDouble(0)] = row.getLong(1);
    }
    double all = java.util.Arrays.stream(rows).sum();
    return java.util.Arrays.stream(rows).mapToObj(r -> r / all).toList();
  }
}

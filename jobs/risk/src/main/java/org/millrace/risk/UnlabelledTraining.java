package org.millrace.risk;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ScoreHistogram;
import org.millrace.eval.Split;
import org.millrace.job.Run;
import org.millrace.model.ModelDescription;
import org.millrace.report.RunReport.FactTable;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.explain.Background;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.features.FeatureColumn;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.learn.Learner;
import org.millrace.risk.model.Task;
import org.millrace.table.CheckedTable;

/**
 * Learns which rows stand out from a table without labels. Nothing can be chosen among, calibrated
 * or measured then; a threshold can be found by capacity.
 */
final class UnlabelledTraining {
  /** What scores call what is told. */
  static final FittedLabel LABEL = new FittedLabel("anomaly", Task.ANOMALY, List.of(), List.of());

  private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

  private final Run run;
  private final TrainConfig config;

  UnlabelledTraining(Run run, TrainConfig config) {
    this.run = run;
    this.config = config;
  }

  void train(CheckedTable input) {
    run.report()
        .warn(
            "label.column is absent: the rows that stand out are found, and nothing tells whether they are those that"
                + " are looked for");
    List<FeatureColumn> columns = Train.featureColumns(input, config);
    Split split = config.holdout().split(input.rows(), Train.roles(input, columns, config));
    Encoding.requireRows(split.train(), config);
    Dataset<Row> train =
        Labelling.identified(split.train(), input)
            .withColumn(Labelling.LABEL, lit(0.0))
            .withColumn(Examples.FOLD, lit(0))
            .withColumn(Examples.KNOWN, lit(0));
    EncodingFitter.Encoded encoded =
        run.step(
            "fit features",
            () -> new EncodingFitter(config.features()).fit(train, columns, Optional.empty()));
    Train.warnOfLeft(run, encoded);
    Examples examples = run.step("encode", () -> Encoding.cached(train, encoded, LABEL));
    Learner learner = config.learners(Task.ANOMALY, 0).get(0);
    try {
      Fitted fitted = run.step("fit", () -> learner.fit(examples, Optional.empty(), config.seed()));
      RiskModel undecided =
          new RiskModel(
              encoded.encoder(),
              fitted.predictor(),
              fitted.link(),
              LABEL,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      ScoreHistogram learnt = run.step("score training rows", () -> told(undecided, train));
      Optional<Decision> decision = config.decision().fit(learnt).map(UnlabelledTraining::unjudged);
      RiskModel model = undecided.with(decision);
      run.step("evaluate", () -> tell(learnt, told(model, split.test()), decision));
      Background background = BackgroundFile.draw(examples, config.seed());
      run.step("tell influence", () -> Train.influence(run, model, examples, background, config));
      Baseline baseline =
          run.step(
              "measure baseline", () -> BaselineFile.measure(model, train, columns, split.test()));
      Beside beside = new Beside(background, baseline);
      new Publication(run, config, input)
          .publish(model, fitted, beside, List.of(), description(fitted, decision));
    } finally {
      examples.rows().unpersist();
    }
  }

  /** Without labels no row is known to be positive, and none not to be. */
  private static Decision unjudged(Decision fitted) {
    return new Decision(
        fitted.threshold(), fitted.rule(), fitted.selected(), Double.NaN, Double.NaN, Double.NaN);
  }

  private static ScoreHistogram told(RiskModel model, Dataset<Row> rows) {
    RiskModel.Scorer scorer = model.scorer(rows.schema());
    return rows.javaRDD()
        .treeAggregate(
            new ScoreHistogram(),
            (told, row) -> {
              scorer.score(row);
              told.add(scorer.said()[0], false);
              return told;
            },
            ScoreHistogram::merge);
  }

  private Void tell(ScoreHistogram learnt, ScoreHistogram heldOut, Optional<Decision> decision) {
    List<List<String>> rows = new ArrayList<>();
    for (double share : SHARES) {
      rows.add(
          row(
              share == 0.5
                  ? "median"
                  : share == 1 ? "greatest" : (int) (100 * share) + " % are below",
              learnt,
              heldOut,
              told -> below(told, share)));
    }
    decision.ifPresent(
        d ->
            rows.add(
                row(
                    String.format(Locale.ROOT, "share selected, from %.6g on", d.threshold()),
                    learnt,
                    heldOut,
                    told -> selected(told, d))));
    rows.add(row("rows", learnt, heldOut, told -> String.valueOf(told.rows())));
    run.report()
        .table(
            new FactTable(
                "Anomaly scores: about 0.5 where nothing stands out, near 1 for rows that few cuts set apart",
                List.of("", "training rows", "held-out rows"),
                rows));
    run.report()
        .table(
            new FactTable(
                "What cannot be told without labels",
                List.of("", "why"),
                List.of(
                    List.of(
                        "precision and recall", "no row is known to be one of those looked for"),
                    List.of(
                        "ROC AUC and calibration", "scores order rows and are no probabilities"),
                    List.of("cost of a threshold", "no error is known to be one"))));
    return null;
  }

  private static List<String> row(
      String name,
      ScoreHistogram learnt,
      ScoreHistogram heldOut,
      Function<ScoreHistogram, String> figure) {
    return List.of(name, figure.apply(learnt), heldOut.rows() == 0 ? "" : figure.apply(heldOut));
  }

  private static String below(ScoreHistogram told, double share) {
    long rows = 0;
    for (ScoreHistogram.Bin bin : told.bins()) {
      rows += bin.rows();
      if (rows >= share * told.rows()) {
        return String.format(Locale.ROOT, "%.4f", bin.middle());
      }
    }
    return "";
  }

  private static String selected(ScoreHistogram told, Decision decision) {
    long rows =
        told.bins().stream()
            .filter(bin -> decision.selects(bin.least()))
            .mapToLong(ScoreHistogram.Bin::rows)
            .sum();
    return String.format(Locale.ROOT, "%.4f", (double) rows / told.rows());
  }

  private ModelDescription description(Fitted fitted, Optional<Decision> decision) {
    return new ModelDescription(
        "An anomaly detector: it tells how much a row stands out from those that it was trained on.",
        fitted.description(),
        "Scores of rows like those that it was trained on, by risk.score."
            + decision
                .map(
                    d ->
                        String.format(
                            Locale.ROOT,
                            " Selected from a score of %.6g on (%s).",
                            d.threshold(),
                            d.rule()))
                .orElse(""),
        List.of(
            "It was trained without labels: whether rows that stand out are those that are looked for was not measured."));
  }
}

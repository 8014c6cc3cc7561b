package org.millrace.risk;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.millrace.job.Run;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.outcome.Stop;
import org.millrace.risk.learn.Fitted;
import org.millrace.risk.model.Task;
import org.millrace.table.CheckedTable;

/** A trained model with all that stands beside it, and what its card says. */
final class Publication {
  private final Run run;
  private final TrainConfig config;
  private final CheckedTable input;

  Publication(Run run, TrainConfig config, CheckedTable input) {
    this.run = run;
    this.config = config;
    this.input = input;
  }

  /**
   * Publishes.
   *
   * @param fitted what the model's learner learnt
   * @param quality what was measured on held-out rows
   * @throws Stop exit 4 where its gate refuses it
   */
  void publish(
      RiskModel model,
      Fitted fitted,
      Beside beside,
      List<MeasuredMetric> quality,
      ModelDescription description) {
    ModelInfo info =
        run.modelInfo(
            input,
            config.seed(),
            quality,
            config.holdout().describe()
                + (config.refit()
                    ? " The model that was measured never saw them; the published one is the same learner, fitted once more"
                        + " on them too."
                    : " The model never saw them."),
            description);
    Configuration hadoop = run.spark().sessionState().newHadoopConf();
    run.publishModel(
        RiskModel.KIND,
        info,
        config.gate(),
        "write model",
        to -> {
          RiskFiles.write(to, model, fitted.files(), hadoop);
          beside.write(to, hadoop);
        });
  }

  /** For the card of a model that learnt from labels. */
  ModelDescription description(RiskModel model, Fitted fitted) {
    FittedLabel label = model.label();
    return new ModelDescription(
        label.task() == Task.REGRESSION
            ? "A regression: it tells %s of a row.".formatted(label.column())
            : "A classifier: it tells the probabilities of the classes of %s (%s) of a row."
                .formatted(label.column(), String.join(", ", label.classes())),
        "%s%s %s%s%s"
            .formatted(
                fitted.description(),
                config.timeSeries().map(series -> " " + series.describe()).orElse(""),
                config.choose().describe(),
                config.balance().describe(),
                model
                    .calibration()
                    .map(fit -> " Probabilities are %s.".formatted(config.calibration().describe()))
                    .orElse("")),
        "Scores of rows like those that it was trained on, by risk.score."
            + model.decision().map(d -> " " + d.describe()).orElse(""),
        List.of(
            "What differs from the training rows more than its held-out rows do was not measured;"
                + " risk.drift and risk.score tell how far a table lies from them."));
  }
}

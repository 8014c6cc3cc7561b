package org.millrace.recommend.segments;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.Run;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.FactorFiles;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.HeldOut;
import org.millrace.recommend.input.Interactions;
import org.millrace.table.CheckedTable;

/** Measures the lists of segments on held-out events, and publishes them as a model. */
record SegmentRecommender(Run run, SegmentsConfig c, SegmentLists lists) {
  /** The kind of the models that it publishes. */
  private static final String KIND = "segments";

  void publish(CheckedTable events) {
    SegmentListsConfig how = c.lists();
    Dataset<Row> rows = Interactions.of(events);
    try (HeldOut held = HeldOut.of(rows, how.holdout());
        FactorModel model = run.step("fit lists", () -> lists.fit(held.train()))) {
      List<MeasuredMetric> quality =
          run.step(
              "evaluate lists",
              () ->
                  RankingQuality.told(
                      run.report(),
                      model,
                      Feedback.COUNTED,
                      held.split(),
                      how.k(),
                      how.relevantFrom()));
      if (how.finalFit() == FinalFit.TRAIN) {
        publish(events, model, quality);
        return;
      }
      try (FactorModel all = run.step("fit lists on all rows", () -> lists.fit(rows))) {
        publish(events, all, quality);
      }
    }
  }

  private void publish(CheckedTable events, FactorModel model, List<MeasuredMetric> quality) {
    ModelInfo info =
        run.modelInfo(
            events,
            c.seed(),
            quality,
            c.lists().holdout().describe()
                + " Users were grouped by what the source tells of them, of whatever time."
                + (c.lists().finalFit() == FinalFit.ALL
                    ? " The published shares are those of all rows."
                    : " The published shares are those without them."),
            description());
    run.publishModel(
        KIND, info, c.lists().gate(), "write shares", to -> new FactorFiles(to).write(model));
  }

  private ModelDescription description() {
    return new ModelDescription(
        "Segments: a user gets what the most users of the same segment have.",
        "%d segments; each share is mixed with that of %s users of all."
            .formatted(lists.sizes().size(), c.lists().shrinkage()),
        "Lists of items for users with a segment, by recommend.top-k with model = segments.",
        List.of(
            "All users of a segment get the same list, less what they have.",
            "Users without a segment get the popular items.",
            "If the source tells of the time of the held-out events, its figures are better than the future will be."));
  }
}

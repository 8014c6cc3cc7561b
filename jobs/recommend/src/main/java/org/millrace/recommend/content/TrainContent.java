package org.millrace.recommend.content;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.HeldOut;
import org.millrace.recommend.input.Interactions;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.sparse.SparseFiles;
import org.millrace.recommend.sparse.SparseModel;
import org.millrace.table.CheckedTable;

/** Describes items and users by features of the items, and publishes that as a model. */
public final class TrainContent implements Job<ContentConfig> {
  /** The kind of the models that this job publishes. */
  private static final String KIND = "content";

  @Override
  public String name() {
    return "recommend.content";
  }

  @Override
  public String summary() {
    return "train a recommender by what items are: categories, texts and numbers, compared by cosine";
  }

  @Override
  public Class<ContentConfig> config() {
    return ContentConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "ratings: ratings.v1 or interactions.v1",
        "items: a contract of yours with the column item and those of the features, such as film-items.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind content: features of users and items, popularity of items");
  }

  @Override
  public List<NamedTable> tables(ContentConfig c) {
    return List.of(c.ratingsTable(), c.itemsTable());
  }

  @Override
  public void run(Run run, ContentConfig c) {
    CheckedTable input = run.read(c.ratingsTable());
    CheckedTable described = run.read(c.itemsTable());
    c.features().forEach(f -> f.check(described));
    Dataset<Row> ratings =
        c.values() == Values.CENTERED ? Interactions.rated(run, input) : Interactions.of(input);
    try (HeldOut held = HeldOut.of(ratings, c.holdout());
        SparseModel model = run.step("fit", () -> fit(held.train(), described.rows(), c))) {
      List<MeasuredMetric> quality =
          run.step(
              "evaluate",
              () ->
                  RankingQuality.told(
                      run.report(),
                      model,
                      Feedback.COUNTED,
                      held.split(),
                      c.k(),
                      c.relevantFrom()));
      if (c.finalFit() == FinalFit.TRAIN) {
        publish(run, c, input, model, quality);
        return;
      }
      try (SparseModel all = run.step("fit on all rows", () -> fit(ratings, described.rows(), c))) {
        publish(run, c, input, all, quality);
      }
    }
  }

  private static SparseModel fit(Dataset<Row> rows, Dataset<Row> items, ContentConfig c) {
    return new Content(c.features(), c.values()).fit(rows, items, Popularity.counts(rows));
  }

  private static void publish(
      Run run,
      ContentConfig c,
      CheckedTable input,
      SparseModel model,
      List<MeasuredMetric> quality) {
    ModelInfo info =
        run.modelInfo(
            input,
            0,
            quality,
            c.holdout().describe()
                + (c.finalFit() == FinalFit.ALL
                    ? " The published users were described again by all rows."
                    : " The published users were described without them."),
            description(c));
    run.publishModel(
        KIND, info, c.gate(), "write features", to -> new SparseFiles(to).write(model));
  }

  private static ModelDescription description(ContentConfig c) {
    return new ModelDescription(
        "Content: an item is a vector of its features, a user the sum of what they had; the score is their cosine.",
        "Features "
            + c.features().stream()
                .map(f -> "%s (weight %s)".formatted(f.column(), f.weight()))
                .collect(Collectors.joining(", "))
            + "; rare values count more.",
        "Lists of items for users who left ratings or events, new items included, by recommend.top-k with model = content.",
        List.of(
            "It finds more of the same: lists are less surprising than those of other users' behaviour.",
            "Users whose items have no features, and users without any row, get the popular items."));
  }
}

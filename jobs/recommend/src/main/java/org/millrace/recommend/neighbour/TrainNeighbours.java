package org.millrace.recommend.neighbour;

import java.util.List;
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
import org.millrace.recommend.neighbour.Neighbours.Between;
import org.millrace.recommend.sparse.SparseFiles;
import org.millrace.recommend.sparse.SparseModel;
import org.millrace.table.CheckedTable;

/** Finds neighbours among items or users, and publishes them as a model. */
public final class TrainNeighbours implements Job<NeighboursConfig> {
  /** The kind of the models that this job publishes. */
  private static final String KIND = "neighbours";

  @Override
  public String name() {
    return "recommend.neighbours";
  }

  @Override
  public String summary() {
    return "train a recommender by the cosine of items or of users, exactly or by hashing";
  }

  @Override
  public Class<NeighboursConfig> config() {
    return NeighboursConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("ratings: ratings.v1 or interactions.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind neighbours: neighbours, what users had, popularity of items");
  }

  @Override
  public List<NamedTable> tables(NeighboursConfig c) {
    return List.of(new NamedTable("ratings", c.ratings(), c.columns()));
  }

  @Override
  public void run(Run run, NeighboursConfig c) {
    CheckedTable input = run.read(tables(c).get(0));
    Dataset<Row> ratings =
        c.values() == Values.CENTERED ? Interactions.rated(run, input) : Interactions.of(input);
    try (HeldOut held = HeldOut.of(ratings, c.holdout())) {
      try (SparseModel model = run.step("find neighbours", () -> fit(held.train(), c))) {
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
        try (SparseModel all = run.step("find neighbours in all", () -> fit(ratings, c))) {
          publish(run, c, input, all, quality);
        }
      }
    }
  }

  private static SparseModel fit(Dataset<Row> rows, NeighboursConfig c) {
    return new Neighbours(c.between(), c.values(), c.similarity(), c.search())
        .fit(rows, Popularity.counts(rows));
  }

  private static void publish(
      Run run,
      NeighboursConfig c,
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
                    ? " The published neighbours were found again in all rows."
                    : " The published neighbours were found without them."),
            description(c));
    run.publishModel(
        KIND, info, c.gate(), "write neighbours", to -> new SparseFiles(to).write(model));
  }

  private static ModelDescription description(NeighboursConfig c) {
    boolean items = c.between() == Between.ITEMS;
    return new ModelDescription(
        items
            ? "Neighbours among items: an item scores the sum of its similarities to what the user had."
            : "Neighbours among users: an item scores the sum of the similarities of users who had it.",
        "Cosine of %s; %d neighbours, at least %d in common, shrinkage %s, %s."
            .formatted(
                items ? "items over users" : "users over items",
                c.similarity().neighbours(),
                c.similarity().minSupport(),
                c.similarity().shrinkage(),
                c.search() instanceof NeighbourSearch.Exact
                    ? "all pairs compared"
                    : "pairs found by random projections"),
        "Lists of items for users who left ratings or events, by recommend.top-k with model = neighbours.",
        List.of(
            "Users whose items have no neighbours, and users without any row, get the popular items.",
            "A new row changes nothing until the neighbours are found again."));
  }
}

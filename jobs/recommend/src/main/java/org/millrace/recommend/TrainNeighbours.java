package org.millrace.recommend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.Draft;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.recommend.neighbour.NeighbourModel;
import org.millrace.recommend.neighbour.NeighbourSearch;
import org.millrace.recommend.neighbour.Neighbours;
import org.millrace.recommend.neighbour.Neighbours.Between;
import org.millrace.recommend.neighbour.Neighbours.Values;
import org.millrace.table.CheckedTable;

/** Finds neighbours among items or users, and publishes them as a model. */
public final class TrainNeighbours implements Job<NeighboursConfig> {
  /** Counts events; popularity of an item is the number of its rows. */
  private static final Feedback COUNTED = new Feedback.Explicit(Optional.empty());

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
      try (NeighbourModel model = run.step("find neighbours", () -> fit(held.train(), c))) {
        List<MeasuredMetric> quality = run.step("evaluate", () -> evaluate(run, model, held, c));
        if (c.finalFit() == TrainAlsConfig.FinalFit.TRAIN) {
          publish(run, c, input, model, quality);
          return;
        }
        try (NeighbourModel all = run.step("find neighbours in all", () -> fit(ratings, c))) {
          publish(run, c, input, all, quality);
        }
      }
    }
  }

  private static NeighbourModel fit(Dataset<Row> rows, NeighboursConfig c) {
    return new Neighbours(c.between(), c.values(), c.similarity(), c.search())
        .fit(rows, Popularity.weights(COUNTED.prepare(rows), COUNTED));
  }

  private static List<MeasuredMetric> evaluate(
      Run run, NeighbourModel model, HeldOut held, NeighboursConfig c) {
    RankingQuality quality = new RankingQuality(held.split(), c.k(), c.relevantFrom());
    List<Metric> ranking = quality.of(model);
    Map<String, Double> popular = quality.ofPopularity(COUNTED);
    List<MeasuredMetric> measured = RankingQuality.beside(ranking, popular);
    measured.forEach(m -> run.report().metric(m.metric(), m.baselines()));
    run.report().chart(AlsCharts.byLength("ndcg", c.k(), ranking, popular));
    run.report().chart(AlsCharts.byLength("recall", c.k(), ranking, popular));
    return measured;
  }

  private static void publish(
      Run run,
      NeighboursConfig c,
      CheckedTable input,
      NeighbourModel model,
      List<MeasuredMetric> quality) {
    ModelInfo info =
        run.modelInfo(
            input,
            0,
            quality,
            c.holdout().describe()
                + (c.finalFit() == TrainAlsConfig.FinalFit.ALL
                    ? " The published neighbours were found again in all rows."
                    : " The published neighbours were found without them."),
            description(c));
    try (Draft draft = run.draftModel(ModelKind.NEIGHBOURS.id())) {
      run.step(
          "write neighbours",
          () -> {
            new NeighbourFiles(draft.path()).write(model);
            return null;
          });
      run.publishModel(draft, info, c.gate());
    }
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

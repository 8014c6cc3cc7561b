package org.millrace.recommend.als;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.eval.Split;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.outcome.Stop;
import org.millrace.recommend.als.TrainAlsConfig.Candidate;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.FactorFiles;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.HeldOut;
import org.millrace.recommend.input.Interactions;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;

/** Trains a recommender by alternating least squares and publishes it as a model. */
public final class TrainAls implements Job<TrainAlsConfig> {
  /** The kind of the models that this job publishes. */
  static final String KIND = "als";

  @Override
  public String name() {
    return "recommend.train-als";
  }

  @Override
  public String summary() {
    return "train a recommender by alternating least squares (MLlib), explicit or implicit";
  }

  @Override
  public Class<TrainAlsConfig> config() {
    return TrainAlsConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("ratings: ratings.v1, or interactions.v1 with implicit feedback");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind als: factors of users and items, popularity of items");
  }

  @Override
  public List<NamedTable> tables(TrainAlsConfig c) {
    List<String> needs = new ArrayList<>(List.of("user", "item"));
    if (c.isExplicit()) {
      needs.add("rating");
    }
    if (c.needsTime()) {
      needs.add("timestamp");
    }
    return List.of(new NamedTable("ratings", c.ratings(), needs));
  }

  @Override
  public void run(Run run, TrainAlsConfig c) {
    run.allowCheckpoints();
    CheckedTable input = run.read(tables(c).get(0));
    Dataset<Row> ratings = c.isExplicit() ? Interactions.rated(run, input) : Interactions.of(input);
    run.report().chart(AlsCharts.ratings(ratings));
    try (HeldOut held = HeldOut.of(ratings, c.holdout())) {
      Candidate chosen = run.step("choose", () -> choose(run, held.train(), c));
      try (FactorModel model = run.step("fit", () -> fit(held.train(), chosen))) {
        List<MeasuredMetric> quality =
            run.step("evaluate", () -> evaluate(run, model, held.split(), c, chosen));
        if (c.finalFit() == FinalFit.TRAIN) {
          publish(run, c, input, chosen, model, quality);
          return;
        }
        try (FactorModel all = run.step("fit on all rows", () -> fit(ratings, chosen))) {
          publish(run, c, input, chosen, all, quality);
        }
      }
    }
  }

  /**
   * The best of the grid on rows that are held out of the train rows: the test rows are not looked
   * at.
   */
  private static Candidate choose(Run run, Dataset<Row> train, TrainAlsConfig c) {
    List<Candidate> candidates = c.candidates();
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    try (HeldOut inner = HeldOut.of(train, c.holdout().again());
        Measure measure = Measure.of(inner.split(), c)) {
      Map<Candidate, Metric> trials = new LinkedHashMap<>();
      for (Candidate candidate : candidates) {
        try (FactorModel model = fit(inner.train(), candidate)) {
          trials.put(candidate, measure.of(model));
        }
      }
      Candidate best =
          candidates.stream()
              .filter(t -> !Double.isNaN(trials.get(t).value()))
              .max(Comparator.comparingDouble(t -> trials.get(t).gainOver(0)))
              .orElseThrow(
                  () ->
                      Stop.contract(
                          "no candidate of the grid can be judged by %s: the rows held out for it have no user and item that"
                              + " the others have too",
                          c.chosenBy()));
      run.report().table(trials(trials, best, c.chosenBy()));
      return best;
    }
  }

  /** Measures one candidate after the other on the same rows; what lists are judged by is kept. */
  private record Measure(String metric, Function<FactorModel, List<Metric>> all, Runnable release)
      implements AutoCloseable {
    static Measure of(Split split, TrainAlsConfig c) {
      if (List.of("rmse", "mae").contains(c.chosenBy())) {
        AlsQuality quality = new AlsQuality(split);
        return new Measure(c.chosenBy(), model -> quality.ratings(model).metrics(), () -> {});
      }
      RankingQuality quality = RankingQuality.of(split, c.k(), c.relevantFrom());
      return new Measure(c.chosenBy(), quality::of, quality::close);
    }

    Metric of(FactorModel model) {
      return all.apply(model).stream()
          .filter(m -> m.name().equals(metric))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() {
      release.run();
    }
  }

  private static FactTable trials(Map<Candidate, Metric> trials, Candidate best, String metric) {
    List<List<String>> rows =
        trials.entrySet().stream()
            .map(
                trial -> {
                  List<String> row = new ArrayList<>(trial.getKey().columns());
                  row.add("%.5f".formatted(trial.getValue().value()));
                  row.add(trial.getKey().equals(best) ? "chosen" : "");
                  return row;
                })
            .toList();
    return new FactTable(
        "Trials, measured on rows held out of the train rows",
        List.of("rank", "regularization", "feedback", metric, ""),
        rows);
  }

  private static FactorModel fit(Dataset<Row> rows, Candidate candidate) {
    return Als.fit(rows, candidate.feedback(), candidate.params());
  }

  private static List<MeasuredMetric> evaluate(
      Run run, FactorModel model, Split split, TrainAlsConfig c, Candidate chosen) {
    AlsQuality quality = new AlsQuality(split);
    List<MeasuredMetric> measured = new ArrayList<>();
    if (c.isExplicit()) {
      RatingEvaluation errors = quality.ratings(model);
      Map<String, Double> naive = quality.itemMeanErrors(model);
      errors
          .metrics()
          .forEach(
              m ->
                  measured.add(
                      MeasuredMetric.of(
                          m,
                          naive.containsKey(m.name())
                              ? Map.of(AlsQuality.ITEM_MEAN, naive.get(m.name()))
                              : Map.of())));
      if (errors.cold() > 0) {
        run.report()
            .warn(
                "rmse and mae are over %d held-out ratings; %d more are of users or items without any other rating"
                    .formatted(errors.scored(), errors.cold()));
      }
    }
    measured.forEach(m -> run.report().metric(m.metric(), m.baselines()));
    measured.addAll(
        RankingQuality.told(
            run.report(), model, chosen.feedback(), split, c.k(), c.relevantFrom()));
    return measured;
  }

  private static void publish(
      Run run,
      TrainAlsConfig c,
      CheckedTable input,
      Candidate chosen,
      FactorModel model,
      List<MeasuredMetric> quality) {
    run.report().chart(AlsCharts.norms(model));
    ModelInfo info =
        run.modelInfo(
            input,
            c.seed(),
            quality,
            c.holdout().describe()
                + (c.finalFit() == FinalFit.ALL
                    ? " The published factors were fitted again on all rows, with the same parameters."
                    : " The published factors never saw them."),
            description(c, chosen));
    run.publishModel(KIND, info, c.gate(), "write factors", to -> new FactorFiles(to).write(model));
  }

  private static ModelDescription description(TrainAlsConfig c, Candidate chosen) {
    AlsParams p = chosen.params();
    String meaning =
        chosen.feedback() instanceof Feedback.Implicit implicit
            ? "implicit feedback with alpha %s%s"
                .formatted(
                    implicit.alpha(),
                    implicit.halfLife().map(h -> " and a half-life of " + h).orElse(""))
            : "explicit ratings, "
                + (((Feedback.Explicit) chosen.feedback()).biasShrinkage().isPresent()
                    ? "after the means of users and items were taken out"
                    : "by factors alone");
    return new ModelDescription(
        "A matrix factorization: each user and each item is a vector, and their dot product is the score of the item for the"
            + " user.",
        "Alternating least squares of Spark MLlib on %s: rank %d, regularization %s, %d iterations, seed %d. %s"
            .formatted(
                meaning,
                p.rank(),
                p.regularization(),
                p.iterations(),
                p.seed(),
                c.candidates().size() > 1
                    ? "Chosen among %d combinations by %s."
                        .formatted(c.candidates().size(), c.chosenBy())
                    : ""),
        "Lists of items for users who left ratings or events, by recommend.top-k.",
        List.of(
            "Users and items without any row in training have no vector; such users get the popular items.",
            "What was popular in training is favoured; see coverage and novelty beside the popularity baseline."));
  }
}

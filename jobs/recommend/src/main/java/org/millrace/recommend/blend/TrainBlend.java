package org.millrace.recommend.blend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.HeldOut;
import org.millrace.recommend.input.Interactions;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;

/** Fits several recommenders, learns how much each counts, and publishes them as one model. */
public final class TrainBlend implements Job<BlendConfig> {
  /** The kind of the models that this job publishes. */
  private static final String KIND = "blend";

  @Override
  public String name() {
    return "recommend.blend";
  }

  @Override
  public String summary() {
    return "train several recommenders and weigh them: factors, neighbours, content and popularity";
  }

  @Override
  public Class<BlendConfig> config() {
    return BlendConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "ratings: ratings.v1 or interactions.v1",
        "content.items (with content): a contract of yours, such as film-items.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind blend: the models of its members, and their weights");
  }

  @Override
  public List<NamedTable> tables(BlendConfig c) {
    List<NamedTable> tables = new ArrayList<>(List.of(c.ratingsTable()));
    c.content().ifPresent(content -> tables.add(content.table()));
    return tables;
  }

  @Override
  public void run(Run run, BlendConfig c) {
    run.allowCheckpoints();
    CheckedTable input = run.read(c.ratingsTable());
    Dataset<Row> ratings = Interactions.of(input);
    Blending blending =
        new Blending(members(run, c), c.candidates(), (int) Math.rint(1 / c.step()), c.at());
    try (HeldOut held = HeldOut.of(ratings, c.holdout())) {
      Blending.Learned learned = run.step("learn weights", () -> learn(blending, held, c));
      List<MeasuredMetric> quality;
      try (BlendModel model =
          run.step("fit members", () -> blending.fit(held.train(), learned.weights()))) {
        quality = run.step("evaluate", () -> evaluate(run, model, held.split(), c, learned));
        if (c.finalFit() == FinalFit.TRAIN) {
          publish(run, c, input, model, quality);
          return;
        }
      }
      try (BlendModel all =
          run.step("fit members on all rows", () -> blending.fit(ratings, learned.weights()))) {
        publish(run, c, input, all, quality);
      }
    }
  }

  private static List<Member> members(Run run, BlendConfig c) {
    List<Member> members = new ArrayList<>();
    c.als().ifPresent(m -> members.add(m.member()));
    c.neighbours().ifPresent(m -> members.add(m.member()));
    c.content()
        .ifPresent(
            m -> {
              CheckedTable items = run.read(m.table());
              m.features().forEach(f -> f.check(items));
              members.add(m.member(items.rows()));
            });
    return members;
  }

  /** On rows held out of the train rows: those that the blend is measured on are not looked at. */
  private static Blending.Learned learn(Blending blending, HeldOut held, BlendConfig c) {
    try (HeldOut inner = HeldOut.of(held.train(), c.holdout().again())) {
      return blending.learn(inner.split(), c.relevantFrom());
    }
  }

  private static List<MeasuredMetric> evaluate(
      Run run, BlendModel model, Split split, BlendConfig c, Blending.Learned learned) {
    List<MeasuredMetric> measured;
    Map<String, Map<String, Double>> byName = new LinkedHashMap<>();
    try (RankingQuality quality = RankingQuality.of(split, c.k(), c.relevantFrom())) {
      measured = quality.told(run.report(), model, Feedback.COUNTED);
      model.members().forEach((name, member) -> byName.put(name, values(quality.of(member))));
    }
    byName.put(
        Candidates.POPULARITY,
        measured.stream()
            .collect(
                Collectors.toMap(
                    m -> m.metric().name(), m -> m.baselines().get(RankingQuality.POPULARITY))));
    byName.put("blend", values(measured.stream().map(MeasuredMetric::metric).toList()));
    run.report().table(beside(byName, c, learned));
    return measured;
  }

  private static Map<String, Double> values(List<Metric> metrics) {
    return metrics.stream().collect(Collectors.toMap(Metric::name, Metric::value));
  }

  private static FactTable beside(
      Map<String, Map<String, Double>> byName, BlendConfig c, Blending.Learned learned) {
    List<String> head =
        new ArrayList<>(
            List.of("", "weight", "ndcg@%d where weights were learned".formatted(c.at())));
    List<String> shown = c.k().stream().sorted().distinct().map(k -> "ndcg@" + k).toList();
    head.addAll(shown);
    List<List<String>> rows = new ArrayList<>();
    byName.forEach(
        (name, values) -> {
          boolean whole = name.equals("blend");
          List<String> row = new ArrayList<>();
          row.add(name);
          row.add(whole ? "" : "%.2f".formatted(learned.weights().get(name)));
          row.add("%.4f".formatted(whole ? learned.ndcg() : learned.alone().get(name)));
          shown.forEach(metric -> row.add("%.4f".formatted(values.get(metric))));
          rows.add(row);
        });
    return new FactTable(
        "The blend beside its members, on the same held-out rows (%d combinations of weights tried)"
            .formatted(learned.tried()),
        head,
        rows);
  }

  private static void publish(
      Run run, BlendConfig c, CheckedTable input, BlendModel model, List<MeasuredMetric> quality) {
    ModelInfo info =
        run.modelInfo(
            input,
            c.als().map(BlendConfig.AlsMember::seed).orElse(0L),
            quality,
            c.holdout().describe()
                + " Weights were learned on rows held out of the others in the same way."
                + (c.finalFit() == FinalFit.ALL
                    ? " The published members were fitted again on all rows, with these weights."
                    : " The published members never saw them."),
            description(c, model));
    run.publishModel(KIND, info, c.gate(), "write members", to -> new BlendFiles(to).write(model));
  }

  private static ModelDescription description(BlendConfig c, BlendModel model) {
    return new ModelDescription(
        "A blend: an item scores the weighted sum of what its members say, each on a scale of 0 to 1 over the user's best %d."
            .formatted(c.candidates()),
        "Weights "
            + model.weights().entrySet().stream()
                .map(w -> "%s %.2f".formatted(w.getKey(), w.getValue()))
                .collect(Collectors.joining(", "))
            + ": those of the greatest NDCG@%d on held-out rows.".formatted(c.at()),
        "Lists of items for users who left ratings or events, by recommend.top-k with model = blend.",
        List.of(
            "Items that are among no member's best candidates are never recommended.",
            "A member that serves badly alone can still have a weight where it knows what others do not."));
  }
}

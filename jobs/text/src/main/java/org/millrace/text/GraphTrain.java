package org.millrace.text;

import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.KeptTable;
import org.millrace.text.graph.Combination;
import org.millrace.text.graph.Embedding;
import org.millrace.text.graph.Graph;
import org.millrace.text.graph.GridTraining;
import org.millrace.text.graph.LinkQuality;
import org.millrace.text.graph.Trainer.Look;

/** Learns vectors of entities and relations from triples, and publishes them as a model. */
public final class GraphTrain implements Job<GraphTrainConfig> {

  @Override
  public String name() {
    return "text.graph-train";
  }

  @Override
  public String summary() {
    return "learn vectors of entities and relations (ComplEx, DistMult, TransE) that predict links"
        + " of a graph";
  }

  @Override
  public Class<GraphTrainConfig> config() {
    return GraphTrainConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("triples, and with holdout.kind = tables validation and test: triples.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind graph: vectors of entities, relations and their inverse ones");
  }

  @Override
  public List<NamedTable> tables(GraphTrainConfig c) {
    List<NamedTable> tables = new ArrayList<>();
    tables.add(new NamedTable("triples", c.triples(), GraphHoldout.COLUMNS));
    tables.addAll(c.holdout().tables());
    return tables;
  }

  @Override
  public void run(Run run, GraphTrainConfig c) {
    CheckedTable input = run.read(tables(c).get(0));
    GraphHoldout.Sides sides = c.holdout().split(run, GraphHoldout.distinct(input.rows()));
    try (Graph graph = run.step("number names", () -> Graph.of(sides.train()))) {
      try (KeptTable train = KeptTable.of(graph.queries(graph.number(sides.train())));
          KeptTable validation = asked(run, graph, "validation", sides.validation());
          KeptTable test = asked(run, graph, "test", sides.test())) {
        Dataset<Row> all = train.rows().union(validation.rows()).union(test.rows());
        try (KeptTable choosing = KeptTable.of(Graph.withKnown(validation.rows(), all));
            KeptTable measuring = KeptTable.of(Graph.withKnown(test.rows(), all))) {
          learn(run, c, input, graph, train.rows(), choosing.rows(), measuring.rows());
        }
      }
    }
  }

  /** The queries of held-out triples; those of which the graph lacks a name are refused. */
  private static KeptTable asked(Run run, Graph graph, String name, Dataset<Row> triples) {
    try (KeptTable numbered = KeptTable.of(graph.number(triples))) {
      Dataset<Row> unknown =
          numbered.rows().filter(not(Graph.complete())).select("head", "relation", "tail");
      if (!unknown.isEmpty()) {
        run.refuse(
            name,
            unknown,
            "triple.unknown-name",
            "of entities and a relation that a triple to learn from has, as nothing can be learnt"
                + " of others");
      }
      KeptTable queries = KeptTable.of(graph.queries(numbered.rows().filter(Graph.complete())));
      if (queries.isEmpty()) {
        queries.close();
        throw Stop.contract(
            "no triple is left for %s: give more triples, or larger shares in holdout", name);
      }
      return queries;
    }
  }

  private static void learn(
      Run run,
      GraphTrainConfig c,
      CheckedTable input,
      Graph graph,
      Dataset<Row> train,
      Dataset<Row> validation,
      Dataset<Row> test) {
    List<Combination> grid = c.combinations();
    requireSize(grid, graph);
    try (GridTraining trained =
        run.step("learn", () -> GridTraining.train(grid, c.training(), graph, train, validation))) {
      Map<Integer, List<Look>> looks = trained.looks();
      int best = best(looks);
      run.report().table(GraphCharts.grid(grid, looks, best));
      run.report().chart(GraphCharts.learning(looks));
      Embedding model = trained.model(best);
      List<MeasuredMetric> quality =
          run.step("evaluate", () -> evaluate(run, graph, model, train, test));
      ModelInfo info =
          run.modelInfo(
              input,
              c.training().seed(),
              quality,
              c.holdout().describe() + " The published vectors were learnt without them.",
              description(grid.get(best), graph));
      run.publishModel(
          GraphFiles.KIND,
          info,
          c.gate(),
          "write vectors",
          to -> GraphFiles.write(to, graph, trained, best, model));
    }
  }

  private static void requireSize(List<Combination> grid, Graph graph) {
    for (Combination combination : grid) {
      long floats =
          (long) graph.entities().count() * combination.scoring().width(combination.dimension());
      if (floats > Integer.MAX_VALUE - 8) {
        throw Stop.usage(
            "%d entities with dimension %d make vectors of %d numbers, and one task holds at most"
                + " %d; lower grid.dimension",
            graph.entities().count(), combination.dimension(), floats, Integer.MAX_VALUE - 8);
      }
    }
  }

  /** The combination with the best look; of equals the first. */
  private static int best(Map<Integer, List<Look>> looks) {
    int best = -1;
    double mrr = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Integer, List<Look>> entry : looks.entrySet()) {
      double own = GraphCharts.best(entry.getValue());
      if (best < 0 || own > mrr) {
        best = entry.getKey();
        mrr = own;
      }
    }
    return best;
  }

  private static List<MeasuredMetric> evaluate(
      Run run, Graph graph, Embedding model, Dataset<Row> train, Dataset<Row> test) {
    Broadcast<Embedding> shared = LinkQuality.broadcast(test, model);
    Dataset<Row> byFrequency = LinkQuality.byFrequency(test, train, graph.entities().count());
    try (KeptTable ranks = KeptTable.of(LinkQuality.byModel(test, shared));
        KeptTable naive = KeptTable.of(byFrequency)) {
      List<Metric> ours = LinkQuality.metrics(ranks.rows());
      List<Metric> theirs = LinkQuality.metrics(naive.rows());
      List<MeasuredMetric> measured = new ArrayList<>();
      for (int i = 0; i < ours.size(); i++) {
        measured.add(MeasuredMetric.of(ours.get(i), Map.of("frequency", theirs.get(i).value())));
      }
      measured.forEach(m -> run.report().metric(m.metric(), m.baselines()));
      run.report().chart(GraphCharts.byRelation(graph, ranks.rows(), naive.rows()));
      return measured;
    } finally {
      shared.destroy();
    }
  }

  private static ModelDescription description(Combination chosen, Graph graph) {
    return new ModelDescription(
        "Vectors of %d entities and %d relations that score links of a graph."
            .formatted(graph.entities().count(), graph.relations().count()),
        "%s; cross-entropy of the true answer among candidates, reciprocal relations, Adagrad, N3."
            .formatted(chosen),
        "Likely answers to questions about an entity and a relation, by text.graph-answer with"
            + " predict.",
        List.of(
            "It knows nothing of entities and relations that were not in the triples.",
            "What it predicts is likely by the pattern of the triples, and no fact."));
  }
}

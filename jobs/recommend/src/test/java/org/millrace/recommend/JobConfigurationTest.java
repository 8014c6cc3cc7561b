package org.millrace.recommend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.config.Check;
import org.millrace.eval.Holdout;
import org.millrace.model.Gate;
import org.millrace.recommend.als.TrainAls;
import org.millrace.recommend.als.TrainAlsConfig;
import org.millrace.recommend.baskets.FindBaskets;
import org.millrace.recommend.blend.TrainBlend;
import org.millrace.recommend.content.TrainContent;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.neighbour.TrainNeighbours;
import org.millrace.recommend.segments.FindSegments;
import org.millrace.recommend.serve.ModelKind;
import org.millrace.recommend.serve.RecommendTopK;
import org.millrace.table.TableRef;
import org.millrace.testing.ReferenceDocs;

class JobConfigurationTest {

  @Test
  void everyKeyOfTrainingIsDocumentedAndCounts() {
    ReferenceDocs.of(new TrainAls())
        .assertDocumented()
        .assertEachKeyCounts(
            "ratings.path = ratings.csv, nonnegative = false, feedback.explicit.biases = off, gate { metric = \"ndcg@5\", at-least = 1 }",
            Map.ofEntries(
                Map.entry("ratings.contract", "interactions.v1"),
                Map.entry("grid.rank", "[3, 5]"),
                Map.entry("grid.regularization", "[0.7]"),
                Map.entry("feedback.implicit.alpha", "[2.5]"),
                Map.entry("feedback.implicit.half-life", "90 days"),
                Map.entry("k", "[3, 5, 10]"),
                Map.entry("metric", "\"map@10\""),
                Map.entry("gate.metric", "\"ndcg@10\""),
                Map.entry("gate.at-least", "0.5"),
                Map.entry("gate.better-than-current-by", "0.25")));
  }

  @Test
  void everyKeyOfNeighboursIsDocumentedAndCounts() {
    ReferenceDocs.of(new TrainNeighbours())
        .assertDocumented()
        .assertEachKeyCounts(
            "ratings.path = ratings.csv, gate { metric = \"ndcg@5\", at-least = 1 }",
            Map.ofEntries(
                Map.entry("ratings.contract", "interactions.v1"),
                Map.entry("k", "[3, 5, 10]"),
                Map.entry("gate.metric", "\"ndcg@10\""),
                Map.entry("gate.at-least", "0.5"),
                Map.entry("gate.better-than-current-by", "0.25")));
  }

  @Test
  void everyKeyOfContentIsDocumentedAndCounts() {
    ReferenceDocs.of(new TrainContent())
        .assertDocumented()
        .assertEachKeyCounts(
            "ratings.path = ratings.csv, items { path = items.csv, contract = film-items.v1 }, features = [{ column = genres }], gate { metric = \"ndcg@5\", at-least = 1 }",
            Map.ofEntries(
                Map.entry("ratings.contract", "interactions.v1"),
                Map.entry("features", "[{ column = title, as { kind = text } }]"),
                Map.entry("k", "[3, 5, 10]"),
                Map.entry("gate.metric", "\"ndcg@10\""),
                Map.entry("gate.at-least", "0.5"),
                Map.entry("gate.better-than-current-by", "0.25")));
  }

  @Test
  void everyKeyOfBlendIsDocumentedAndCounts() {
    ReferenceDocs.of(new TrainBlend())
        .assertDocumented()
        .assertEachKeyCounts(
            "ratings.path = ratings.csv, als {}, neighbours {}, content { items { path = items.csv, contract = film-items.v1 }, features = [{ column = genres }] }, gate { metric = \"ndcg@5\", at-least = 1 }",
            Map.ofEntries(
                Map.entry("ratings.contract", "interactions.v1"),
                Map.entry("content.features", "[{ column = title, as { kind = text } }]"),
                Map.entry("step", "0.2"),
                Map.entry("at", "5"),
                Map.entry("k", "[3, 5, 10]"),
                Map.entry("gate.metric", "\"ndcg@10\""),
                Map.entry("gate.at-least", "0.5"),
                Map.entry("gate.better-than-current-by", "0.25")));
  }

  @Test
  void everyKeyOfSegmentsIsDocumentedAndCounts() {
    ReferenceDocs.of(new FindSegments())
        .assertDocumented()
        .assertEachKeyCounts(
            "source.table.table.path = users.csv, output = shop, events.path = events.csv, lists.gate { metric = \"ndcg@5\", at-least = 1 }",
            Map.ofEntries(
                Map.entry("lists.k", "[3, 5, 10]"),
                Map.entry("lists.gate.metric", "\"ndcg@10\""),
                Map.entry("lists.gate.at-least", "0.5"),
                Map.entry("lists.gate.better-than-current-by", "0.25"),
                Map.entry("source.table.columns", "[frequency, monetary, events]"),
                Map.entry("source.table.log", "[monetary]"),
                Map.entry("source.published.columns", "[frequency, monetary, events]"),
                Map.entry("source.published.log", "[monetary]"),
                Map.entry("source.published.name", "shop-users"),
                Map.entry("source.published.contract", "other.v2"),
                Map.entry("output", "other"),
                Map.entry("k", "[3, 4]")));
  }

  @Test
  void everyKeyOfBasketsIsDocumentedAndCounts() {
    ReferenceDocs.of(new FindBaskets())
        .assertDocumented()
        .assertEachKeyCounts(
            "baskets.path = baskets.csv, output = shop",
            Map.ofEntries(Map.entry("output", "other")));
  }

  @Test
  void everyKeyOfTopKIsDocumentedAndCounts() {
    Map<String, String> values =
        Map.of("users.path", "a.csv", "known.path", "b.csv", "items.path", "c.csv");
    ReferenceDocs.of(new RecommendTopK())
        .assertDocumented()
        .assertEachKeyCounts("users.path = u.csv, known.path = k.csv, items.path = i.csv", values);
  }

  @Test
  void aGateOnAMetricThatIsNotMeasuredIsRefused() {
    assertThatThrownBy(() -> config(List.of(10), Optional.empty(), Optional.of("ndcg@20")))
        .isInstanceOf(Check.InvalidValue.class)
        .hasMessageContaining("ndcg@20")
        .hasMessageContaining("ndcg@10");
  }

  @Test
  void aMetricOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> config(List.of(5), Optional.of("map@7"), Optional.empty()))
        .isInstanceOf(Check.InvalidValue.class)
        .hasMessageContaining("map@7");
  }

  @Test
  void lengthZeroIsRefused() {
    assertThatThrownBy(() -> config(List.of(0), Optional.empty(), Optional.empty()))
        .hasMessageContaining("1..10000");
    assertThatThrownBy(
            () ->
                new RecommendTopK.Config(
                    ModelKind.ALS,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .hasMessageContaining("k is '0'");
  }

  private static TrainAlsConfig config(
      List<Integer> k, Optional<String> metric, Optional<String> gated) {
    TableRef ratings =
        new TableRef(
            "ratings.csv",
            "ratings.v1",
            TableRef.Format.AUTO,
            new TableRef.Csv(",", "\"", "\"", "UTF-8", true, false),
            Map.of(),
            Map.of(),
            0.01);
    return new TrainAlsConfig(
        ratings,
        new TrainAlsConfig.Signal.Explicit(TrainAlsConfig.Biases.AUTO, 5),
        new TrainAlsConfig.Grid(List.of(4), List.of(0.1)),
        5,
        2,
        false,
        1,
        new Holdout.Fraction(0.2, 1),
        k,
        Optional.empty(),
        metric,
        FinalFit.ALL,
        gated.map(m -> new Gate(m, Optional.of(0.1), Optional.empty())));
  }
}

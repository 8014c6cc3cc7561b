package org.millrace.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.millrace.model.Gate;
import org.millrace.table.TableRef;
import org.millrace.testing.ReferenceDocs;
import org.millrace.text.graph.Scoring;
import org.millrace.text.graph.TrainingOptions;

class JobConfigurationTest {

  @Test
  void everyKeyOfTrainingIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("text", "review");
    values.put("label", "score");
    values.put("candidates", "[{ learner.kind = naive-bayes }, {}]");
    values.put("candidates[].vectors.kind", "word2vec");
    values.put("candidates[].vectors.embeddings.model", "models/minilm");
    values.put("metric", "accuracy");
    values.put("holdout.share", "0.3");
    values.put("gate.metric", "accuracy");
    values.put("gate.at-least", "0.9");
    values.put("gate.better-than-current-by", "0.1");
    ReferenceDocs.of(new TextTrain())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            examples { path = a.csv, contract = a.v1 }
            candidates = [{ vectors.tf-idf.grams = 2 }], gate { metric = f1, at-least = 0.5 }
            """,
            values);
  }

  @Test
  void everyKeyOfScoringIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("keep", "[id]");
    values.put("model-version", "text-1");
    ReferenceDocs.of(new TextScore())
        .assertDocumented()
        .assertEachKeyCounts("texts { path = a.csv, contract = a.v1 }", values);
  }

  @Test
  void everyKeyOfAnswersIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("pair-question", "asked");
    values.put("pair-answer", "reply");
    values.put("text", "asked");
    values.put("keep", "[id]");
    values.put("output", "other");
    values.put("vectors.embeddings.model", "models/minilm");
    values.put("at-least", "0.7");
    ReferenceDocs.of(new TextAnswer())
        .assertDocumented()
        .assertEachKeyCounts(
            "pairs.path = a.csv, questions.path = b.csv, output = answers, vectors.tf-idf.grams ="
                + " 2",
            values);
  }

  @Test
  void everyKeyOfGraphTrainingIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("holdout.fraction.validation", "0.2");
    values.put("holdout.fraction.test", "0.3");
    values.put("grid.dimension", "[8, 16]");
    values.put("grid.learning-rate", "[0.5]");
    values.put("grid.regularization", "[0.5]");
    values.put("gate.metric", "\"hits@10\"");
    values.put("gate.at-least", "0.5");
    values.put("gate.better-than-current-by", "0.25");
    ReferenceDocs.of(new GraphTrain())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            triples.path = a.csv, gate { metric = mrr, at-least = 0.1 }
            holdout { kind = tables, tables { validation.path = b.csv, test.path = c.csv } }
            """,
            values);
  }

  @Test
  void everyKeyOfGraphAnswersIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("output", "other");
    ReferenceDocs.of(new GraphAnswer())
        .assertDocumented()
        .assertEachKeyCounts(
            "triples.path = a.csv, questions.path = b.csv, output = answers, predict.at-most = 3",
            values);
  }

  @Test
  void aGateOnAMetricThatIsNotMeasuredIsRefused() {
    TableRef triples =
        new TableRef(
            "triples.csv",
            "triples.v1",
            TableRef.Format.AUTO,
            new TableRef.Csv(",", "\"", "\"", "UTF-8", true, false),
            Map.of(),
            Map.of(),
            0.01);
    assertThatThrownBy(
            () ->
                new GraphTrainConfig(
                    triples,
                    new GraphHoldout.Fraction(0.1, 0.1, 1),
                    Scoring.COMPLEX,
                    new GraphTrainConfig.Grid(List.of(8), List.of(0.1), List.of(0.0)),
                    new TrainingOptions(1, 1, new TrainingOptions.Candidates.All(), 1, 1, 1),
                    Optional.of(new Gate("hits@5", Optional.of(0.1), Optional.empty()))))
        .hasMessageContaining("hits@5")
        .hasMessageContaining("hits@10");
  }
}

package org.millrace.features;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.millrace.testing.ReferenceDocs;

class JobConfigurationTest {

  @Test
  void everyKeyOfBehaviourIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("source.access-log.events", "{ cart = \"^/cart\" }");
    values.put("source.access-log.table.columns", "{ line = text }");
    values.put("source.access-log.table.format", "json-lines");
    values.put("output", "other");
    values.put("checks.zone", "Europe/Berlin");
    values.put("session-timeout", "2 hours");
    values.put("users.purchases", "[buy]");
    values.put("users.counts", "[view]");
    values.put("funnel.steps", "[view, buy]");
    values.put("funnel.within", "1 day");
    ReferenceDocs.of(new Behaviour())
        .assertDocumented()
        .assertEachKeyCounts(
            "source.table.table.path = a.csv, output = shop, funnel.steps = [a, b]", values);
  }

  @Test
  void everyKeyOfWindowsIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("row-time", "other_time");
    values.put("output", "other");
    values.put("keys", "[user, item]");
    values.put("lookback.windows", "[2 days, 1 hour]");
    values.put("lookback.aggregates", "[{ column = price }]");
    values.put("lookback.aggregates[].column", "price");
    values.put("lookback.aggregates[].functions", "[max]");
    values.put("lookback.lags", "[2]");
    values.put("lookback.lag-columns", "[event]");
    values.put("lookback.tolerance", "1 day");
    ReferenceDocs.of(new Windows())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            history.path = a.csv, rows { path = b.csv, contract = b.v1 }, row-time = at, output = w
            lookback { windows = [1 day], aggregates = [{ column = value }], lags = [1], lag-columns = [value] }
            """,
            values);
  }

  @Test
  void everyKeyOfMaskingIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("output", "other");
    values.put("published-contract", "other.v1");
    values.put("rules", "[{ tag = b, masking.kind = redact }]");
    values.put("rules[].tag", "b");
    values.put("rules[].masking.kind", "drop");
    values.put("rules[].masking.bin.width", "5");
    values.put("rules[].masking.prefix.characters", "5");
    values.put("rules[].masking.pseudonymise.domain", "customer");
    values.put("key-file", "other.key");
    ReferenceDocs.of(new Mask())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            table { path = a.csv, contract = a.v1 }, output = m, published-contract = m.v1, key-file = a.key
            rules = [{ tag = a, masking.kind = keep }]
            """,
            values);
  }

  @Test
  void everyKeyOfPrivateAggregatesIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("output", "other");
    values.put("person", "patient");
    values.put("groups", "[age]");
    values.put("choice.epsilon", "0.7");
    values.put("choice.delta", "0.001");
    values.put("statistics", "[{ kind = count, count.epsilon = 0.2 }]");
    for (String kind : new String[] {"count", "sum", "mean", "histogram", "quantiles"}) {
      values.put("statistics[]." + kind + ".epsilon", "0.3");
      values.put("statistics[]." + kind + ".column", "price");
    }
    for (String kind : new String[] {"sum", "mean", "quantiles"}) {
      values.put("statistics[]." + kind + ".lower", "-3");
      values.put("statistics[]." + kind + ".upper", "7");
    }
    values.put("statistics[].histogram.edges", "[0, 2, 5]");
    values.put("statistics[].quantiles.probabilities", "[0.1]");
    values.put("budget.name", "other");
    values.put("budget.epsilon", "7");
    values.put("budget.delta", "0.01");
    ReferenceDocs.of(new PrivateAggregates())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            table { path = a.csv, contract = a.v1 }, output = p, person = user, groups = [region]
            choice { epsilon = 0.5, delta = 0.0001 }, budget { name = b, epsilon = 3 }
            statistics = [{ kind = histogram, histogram { column = x, edges = [0, 1, 2], epsilon = 0.1 } }]
            """,
            values);
  }

  @Test
  void everyKeyOfTextIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("output", "other");
    values.put("text", "review");
    values.put("keep", "[id]");
    values.put("vectors.kind", "word2vec");
    values.put("vectors.embeddings.model", "models/minilm");
    ReferenceDocs.of(new Text())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            table { path = a.csv, contract = a.v1 }, output = t
            vectors { kind = embeddings, embeddings.model = m }
            """,
            values);
  }

  @Test
  void everyKeyOfPipelinesIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("output", "other");
    values.put("keep", "[id]");
    values.put("publish", "[x]");
    values.put("steps", "[{ kind = index, index { column = b, as = x } }]");
    for (String kind : new String[] {"impute", "scale", "hash", "pca", "interact"}) {
      values.put("steps[]." + kind + ".columns", "[c, d]");
    }
    for (String kind :
        new String[] {
          "index", "one-hot", "bucket", "tf-idf", "word2vec", "scale", "hash", "pca", "interact"
        }) {
      values.put("steps[]." + kind + ".as", "y");
    }
    for (String kind : new String[] {"index", "one-hot", "bucket", "tf-idf", "word2vec"}) {
      values.put("steps[]." + kind + ".column", "e");
    }
    ReferenceDocs.of(new FitPipeline())
        .assertDocumented()
        .assertEachKeyCounts(
            """
            table { path = a.csv, contract = a.v1 }, output = p
            steps = [{ kind = index, index { column = a, as = x } }]
            """,
            values);
  }

  @Test
  void everyKeyOfApplyingPipelinesIsDocumentedAndCounts() {
    Map<String, String> values = new TreeMap<>();
    values.put("keep", "[id]");
    values.put("output", "other");
    ReferenceDocs.of(new ApplyPipeline())
        .assertDocumented()
        .assertEachKeyCounts("table { path = a.csv, contract = a.v1 }, output = p", values);
  }
}

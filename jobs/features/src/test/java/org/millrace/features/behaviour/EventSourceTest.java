package org.millrace.features.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.features.behaviour.EventSource.AccessLog;
import org.millrace.features.behaviour.EventSource.Visitor;
import org.millrace.testing.LocalSpark;

class EventSourceTest {
  private static final String LINE =
      "203.0.113.7 - - [31/Jan/2026:23:59:59 +0100] \"%s\" 400 0 \"-\" \"%s\"";

  private static List<String> events(Visitor visitor, String... lines) {
    Dataset<Row> table =
        LocalSpark.session().createDataset(List.of(lines), Encoders.STRING()).toDF("line");
    AccessLog log = new AccessLog(null, visitor, Map.of("view", "^/product/"));
    return log
        .events(table)
        .select("user", "event", "item", EventChecks.RULE)
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  @Test
  void aVisitorWithoutAnAgentIsTheAddressAlone() {
    assertThat(
            events(
                Visitor.HOST_AND_AGENT,
                LINE.formatted("GET /product/7 HTTP/1.1", "Mozilla/5.0 (X11)"),
                LINE.formatted("GET /product/7", "-"),
                LINE.formatted("GET /product/7 HTTP/1.1", "").replace(" \"-\" \"\"", "")))
        .containsExactly(
            "203.0.113.7 Mozilla/5.0 (X11)|view|/product/7|null",
            "203.0.113.7|view|/product/7|null",
            "203.0.113.7|view|/product/7|null");
  }

  @Test
  void whatIsNoRequestIsAnotherEventAndWhatIsNoLineIsGarbage() {
    assertThat(
            events(
                Visitor.HOST,
                LINE.formatted("-", "-"),
                LINE.formatted("\\x16\\x03\\x01", "-"),
                LINE.formatted("GET /product/a b HTTP/1.1", "-"),
                "garbage"))
        .containsExactly(
            "203.0.113.7|other|-|null",
            "203.0.113.7|other|\\x16\\x03\\x01|null",
            "203.0.113.7|view|/product/a b|null",
            "null|null|null|line.garbage");
  }
}

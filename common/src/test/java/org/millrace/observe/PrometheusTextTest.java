package org.millrace.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private static Figure rows(String table, double value) {
    return new Figure("millrace_rows_read", "Rows.", Map.of("table", table), value);
  }

  @Test
  void namesAreEscapedAndOneNameIsOneFamily() throws IOException {
    String text =
        new String(
            PrometheusText.of(
                List.of(
                    rows("a \"b\"\\\n", 1),
                    new Figure("millrace_run_seconds", "Time.", Map.of(), Double.NaN),
                    rows("c", 2e9))),
            UTF_8);

    assertThat(text.lines())
        .containsExactlyInAnyOrder(
            "# HELP millrace_rows_read Rows.",
            "# TYPE millrace_rows_read gauge",
            "millrace_rows_read{table=\"a \\\"b\\\"\\\\\\n\"} 1.0",
            "millrace_rows_read{table=\"c\"} 2.0E9",
            "# HELP millrace_run_seconds Time.",
            "# TYPE millrace_run_seconds gauge",
            "millrace_run_seconds NaN");
  }

  @Test
  void theLastOfTwoEqualFiguresCounts() throws IOException {
    assertThat(new String(PrometheusText.of(List.of(rows("a", 1), rows("a", 2))), UTF_8))
        .contains("{table=\"a\"} 2.0")
        .doesNotContain("} 1.0");
  }
}

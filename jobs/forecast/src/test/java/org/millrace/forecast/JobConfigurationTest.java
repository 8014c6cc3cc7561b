package org.millrace.forecast;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.testing.ReferenceDocs;

class JobConfigurationTest {
  private static final String TABLE = "series { path = s.csv, contract = monthly-sales.v1 }";

  private static Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("layout.shape.columns.values", "[a, b]");
    values.put("layout.zone", "Europe/Berlin");
    values.put("layout.frequency", "quarter");
    values.put("layout.seasons", "[7, 30]");
    values.put("layout.max-gap-share", "0.25");
    values.put("layout.outliers.deviations", "4");
    values.put("quantiles", "[0.2, 0.8]");
    values.put("effort.time-limit", "5 s");
    values.put("effort.series-time-limit", "7 s");
    return values;
  }

  private static Map<String, String> scoring() {
    Map<String, String> values = values();
    values.put("hierarchy.parents", "{ part = other }");
    return values;
  }

  @Test
  void everyKeyOfTheBacktestIsDocumentedAndCounts() {
    Map<String, String> values = values();
    values.put("methods", "[{ kind = drift }]");
    values.put("methods[].arima.order", "[5, 1, 2]");
    values.put("methods[].arima.seasonal", "[1, 0, 0]");
    values.put("methods[].combination.of", "[naive, drift]");
    values.put("methods[].ets.form", "MAM");
    values.put("gate.metric", "mae");
    values.put("gate.at-least", "0.5");
    values.put("gate.better-than-current-by", "0.25");
    values.put("metric", "rmsse");
    values.put("doubt", "3");
    ReferenceDocs.of(new Backtest())
        .assertDocumented()
        .assertEachKeyCounts(
            TABLE
                + ", methods = [{ kind = naive }], horizon = 3, gate { metric = mase, at-least = 1 }",
            values);
  }

  @Test
  void everyKeyOfScoringIsDocumentedAndCounts() {
    ReferenceDocs.of(new Score())
        .assertDocumented()
        .assertEachKeyCounts(
            TABLE
                + ", horizon = 3, layout.shape.rows.key = [a], hierarchy.parents { part = whole }",
            scoring());
  }
}

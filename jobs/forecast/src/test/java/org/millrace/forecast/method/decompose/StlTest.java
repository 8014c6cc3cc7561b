package org.millrace.forecast.method.decompose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.forecast.method.References.number;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.millrace.forecast.method.References;
import org.millrace.forecast.series.History;

class StlTest {

  @TestFactory
  Stream<DynamicTest> saysWhatRSays() {
    Map<String, History> series = References.series();
    return References.rows("stl.csv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.toString(),
                    () -> {
                      History history = series.get(row.get("series"));
                      Stl parts = new Stl(history.values(), history.period(), 11);
                      int step = (int) number(row, "step") - 1;
                      double precision = 1e-9 * Math.abs(number(row, "trend")) + 1e-9;
                      assertThat(parts.season()[step])
                          .isCloseTo(number(row, "season"), within(precision));
                      assertThat(parts.trend()[step])
                          .isCloseTo(number(row, "trend"), within(precision));
                    }));
  }
}

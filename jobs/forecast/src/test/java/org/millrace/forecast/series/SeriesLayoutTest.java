package org.millrace.forecast.series;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.series.SeriesLayout.Shape;

class SeriesLayoutTest {
  private static void layout(Shape shape, String time, String... known) {
    new SeriesLayout(
        shape,
        time,
        List.of(known),
        "UTC",
        Optional.empty(),
        Optional.empty(),
        SeriesLayout.Gaps.ZERO,
        0.5,
        SeriesLayout.WithinStep.REFUSE,
        SeriesLayout.Duplicates.REFUSE_ROWS,
        false,
        Optional.empty(),
        1000);
  }

  @Test
  void aColumnOfTwoPartsIsToldUnderTheKeyThatNamesItAgain() {
    assertThatThrownBy(() -> new Shape.Rows(List.of("shop", "shop"), "sold"))
        .hasMessageContaining("key")
        .hasMessageContaining("shop, shop");
    assertThatThrownBy(() -> new Shape.Rows(List.of("shop"), "shop")).hasMessageContaining("value");
    assertThatThrownBy(() -> new Shape.Columns(List.of("a", "a"))).hasMessageContaining("values");
    assertThatThrownBy(() -> new Shape.Columns(List.of("series"))).hasMessageContaining("series");
    Shape rows = new Shape.Rows(List.of("shop"), "sold");
    assertThatThrownBy(() -> layout(rows, "shop")).hasMessageContaining("time is 'shop'");
    assertThatThrownBy(() -> layout(rows, "at", "price", "sold"))
        .hasMessageContaining("known is 'price, sold'");
  }
}

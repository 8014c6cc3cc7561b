package org.millrace.features;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.features.pipeline.Index;

class FitPipelineConfigTest {

  private static void refuses(List<String> keep, String as, List<String> publish, String sentence) {
    assertThatThrownBy(
            () ->
                new FitPipelineConfig(null, "homes", keep, List.of(new Index("city", as)), publish))
        .hasMessageContaining(sentence);
  }

  @Test
  void thePublishedTableHasAColumnOfEachNameOnce() {
    refuses(List.of("id", "id"), "x", List.of(), "each name once");
    refuses(List.of("model_version"), "x", List.of(), "model_version");
    refuses(List.of(), "Model_Version", List.of(), "model_version");
    refuses(List.of(), "x", List.of("x", "x"), "each name once");
  }
}

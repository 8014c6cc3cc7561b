package org.millrace.risk.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.risk.features.ColumnKind;

class LevelSketchTest {

  private static LevelSketch sketch(Set<String> own) {
    return new LevelSketch("city", ColumnKind.CATEGORICAL, own);
  }

  @Test
  void frequentLevelsHaveABinOthersShareOneAndUnseenOnesHaveTheirs() {
    LevelSketch sketch = sketch(Set.of());
    for (int level = 0; level < 25; level++) {
      for (int row = 0; row < 100 - level; row++) {
        sketch.add("level " + level);
      }
    }
    sketch.add(null);
    Distribution found = sketch.distribution();
    Levels levels = (Levels) found.bins();
    assertThat(levels.levels()).hasSize(20).startsWith("level 0", "level 1").endsWith("level 19");
    assertThat(levels.others())
        .containsExactly("level 20", "level 21", "level 22", "level 23", "level 24");
    assertThat(found.counts()).startsWith(100L, 99L).endsWith(80L + 79 + 78 + 77 + 76, 0L, 1L);
    Bins.Binner binner = levels.binner(found.kind());
    assertThat(binner.bin("level 19")).isEqualTo(19);
    assertThat(binner.bin("level 24")).isEqualTo(20);
    assertThat(binner.bin("level 25")).isEqualTo(21);
    assertThat(binner.isUnseen(21)).isTrue();
    assertThat(binner.isUnseen(20)).isFalse();
    assertThat(binner.bin(null)).isEqualTo(Bins.Binner.MISSING);
  }

  @Test
  void ofTooManyLevelsTheModelsOwnAreKept() {
    int levels = LevelSketch.MOST + 500;
    LevelSketch whole = sketch(Set.of("7", "9"));
    LevelSketch first = sketch(Set.of("7", "9"));
    LevelSketch second = sketch(Set.of("7", "9"));
    for (int level = 0; level < levels; level++) {
      for (int row = 0; row < (level == 7 ? 3 : 1); row++) {
        whole.add(level);
        (level % 3 == 0 ? first : second).add(level);
      }
    }
    second.merge(first);
    Distribution found = whole.distribution();
    assertThat(second.distribution()).isEqualTo(found);
    assertThat(found.bins()).isEqualTo(new Levels(List.of("7", "9"), List.of(), false));
    assertThat(found.counts()).containsExactly(3L, 1L, levels - 2L, 0L, 0L);
    Bins.Binner binner = found.bins().binner(found.kind());
    assertThat(binner.bin("never seen")).isEqualTo(2);
    assertThat(binner.isUnseen(2)).isFalse();
  }
}

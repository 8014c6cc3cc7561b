package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.Stop;

class StagedUseCaseTest {
  @TempDir private Path folder;

  private Layers written(String... sets) throws IOException {
    Files.writeString(folder.resolve("more.conf"), "demo.copy.numbers.path = there.csv\n");
    Path file =
        Files.writeString(
            folder.resolve("films.conf"),
            """
            use-case = films, steps = [demo.copy]
            include "more.conf"
            demo.copy.times = 0.10
            spark { my.password = hidden, "speculation" = true, "speculation.interval" = 1s }
            data-schemas = null
            demo.copy.numbers.columns { "a.b" = x }
            """);
    return Layers.read(file, Optional.empty(), List.of(sets));
  }

  private Layers staged(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("films.staged.json"), bytes);
    return Layers.read(file, Optional.empty(), List.of());
  }

  @Test
  void aDriverElsewhereSeesTheSame() throws IOException {
    Layers here = written("root=hdfs:///r");

    Layers there = staged(StagedUseCase.write(here));

    assertThat(there.lines(path -> true)).isEqualTo(here.lines(path -> true));
    assertThat(there.hash()).isEqualTo(here.hash());
    assertThat(there.lines(path -> path.equals("demo.copy.numbers.path")).get(0))
        .contains("there.csv", "more.conf:1");
    assertThat(there.lines(path -> path.equals("root")).get(0)).endsWith("# --set root");
  }

  @Test
  void secretsGoToTheDriverAndNotToEyes() throws IOException {
    assertThat(new String(StagedUseCase.write(written()), StandardCharsets.UTF_8))
        .contains("hidden");
    assertThat(new String(StagedUseCase.covered(written()), StandardCharsets.UTF_8))
        .doesNotContain("hidden")
        .contains("*****");
  }

  @Test
  void anotherFileOfThatNameIsRefused() {
    assertThatThrownBy(() -> staged("{\"format\": \"other/1\"}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("format is 'other/1'");
    assertThatThrownBy(() -> staged("no json".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("submit the use-case file itself");
  }
}

package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.job.Jobs;

class HashTest {
  @TempDir private Path folder;

  private static final String BASE =
      """
      use-case = x
      steps = [demo.copy, demo.end]
      demo.copy { numbers { path = in.csv, columns { id = Id } }, times = 2 }
      spark { password = hunter2, cores = 4 }
      """;

  private String hash(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Jobs.onClasspath()
        .bind(Layers.read(file, Optional.empty(), List.of()), List.of())
        .layers()
        .hash();
  }

  @Test
  void placeOrderCommentsAndQuotesDoNotCount() throws IOException {
    String same =
        """
        # Another file
        spark.cores = "4" // as text
        spark.password = "hunter2"
        demo { copy { "times" = 2 } }
        demo.copy.numbers { columns.id = Id, path = "in.csv" }
        steps = ["demo.copy"
          demo.end]
        use-case = x
        demo.copy.table = copies
        """;

    assertThat(hash("b.conf", same)).isEqualTo(hash("a.conf", BASE)).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.password = hunter3",
        "demo.copy.times = 3",
        "demo.copy.numbers.columns.id = ID",
        "demo.copy.numbers.columns.amount = Amount",
        "steps = [demo.end, demo.copy]",
        "steps = [demo.copy]",
        "demo.end.numbers { path = in.csv }",
        "demo.end.ending { kind = refusal, refusal.sentence = other }",
        "demo.copy.table = copy",
        "use-case = y",
        "spark.cores = null",
        "root = elsewhere"
      })
  void everyValueInForceCounts(String change) throws IOException {
    assertThat(hash("a.conf", BASE + change)).isNotEqualTo(hash("a.conf", BASE));
  }

  @Test
  void whatDoesNotRunDoesNotCount() throws IOException {
    String copyOnly = BASE + "steps = [demo.copy]\n";

    assertThat(hash("a.conf", copyOnly + "demo.end.ending { kind = bug, bug.message = x }"))
        .isEqualTo(hash("a.conf", copyOnly));
  }

  @Test
  void secretsAreNeverShown() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), BASE + "spark.list = \"x\"");
    Layers layers =
        Layers.read(
            file,
            Optional.empty(),
            List.of(
                "demo.logins=[{ user = a, password = hunter4, keys = [{ token = hunter5 }] }]"));

    assertThat(String.join("\n", layers.lines(path -> true)) + layers.shown())
        .contains("spark.password = \"*****\"", "spark.password=*****", "demo.logins")
        .doesNotContain("hunter");
    assertThat(Layers.isSecret("spark.hadoop.fs.s3a.access.key")).isTrue();
    assertThat(Layers.isSecret("store.access-key")).isTrue();
    assertThat(Layers.isSecret("models.signing-key")).isFalse();
  }
}

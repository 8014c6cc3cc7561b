package org.millrace.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.table.TableRef;

/** The examples of docs/configuration.md are what the binder accepts. */
class ConfigurationPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("millrace.home"), "docs", "configuration.md");
  private static final Pattern EXAMPLE = Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private record Job(TableRef ratings) {}

  private sealed interface Holdout permits ByTime {}

  private record ByTime(double share) implements Holdout {}

  private record Chooses(Holdout holdout) {}

  private static List<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE, UTF_8)).results().map(r -> r.group(1)).toList();
  }

  private Layers layers(String text, Config reference) throws IOException {
    Path file = Files.writeString(folder.resolve("films.conf"), text);
    Layers layers = Layers.read(file, Optional.empty(), List.of());
    return new Layers(layers.user(), reference);
  }

  @Test
  void theUseCaseBinds() throws IOException {
    Config table = ConfigFactory.parseResources("millrace/table.conf");
    Config reference = table.atPath("recommend.train-als.ratings").withFallback(Layers.defaults());
    Layers layers = layers(examples().get(0), reference);
    Problems problems = new Problems();
    Binder binder = new Binder(problems);

    Optional<Settings> settings = binder.bind(Settings.class, "", layers);
    Optional<Job> job = binder.bind(Job.class, "recommend.train-als", layers);

    problems.throwIfAny();
    assertThat(settings.orElseThrow().useCase()).isEqualTo("films");
    assertThat(settings.get().steps()).containsExactly("recommend.train-als");
    assertThat(settings.get().root()).isEqualTo("/data/millrace");
    assertThat(settings.get().spark())
        .isEqualTo(Map.of("executor.memory", "8g", "executor.cores", "4"));
    assertThat(settings.get().models().signingKey()).contains("keys/millrace.key.pem");
    assertThat(job.orElseThrow().ratings().columns()).containsEntry("timestamp", "_c3");
    assertThat(job.get().ratings().csv().delimiter()).isEqualTo("::");
    assertThat(job.get().ratings().maxRejectShare()).isEqualTo(0.02);
  }

  @Test
  void theChoiceBinds() throws IOException {
    Problems problems = new Problems();
    Layers layers = layers("x {\n" + examples().get(1) + "}", ConfigFactory.empty());

    assertThat(new Binder(problems).bind(Chooses.class, "x", layers))
        .contains(new Chooses(new ByTime(0.1)));
    assertThat(examples()).hasSize(2);
  }

  @Test
  void whatThePageSaysOfSparkIsSo() throws IOException {
    String start = "use-case = x, steps = [a.b], ";
    String quoted = "spark { speculation = true, \"speculation.interval\" = 1s }";
    assertThat(Files.readString(PAGE)).contains(quoted);

    assertThat(spark(start + quoted))
        .isEqualTo(Map.of("speculation", "true", "speculation.interval", "1s"));
    assertThat(spark(start + quoted.replace("\"", "")))
        .isEqualTo(Map.of("speculation.interval", "1s"));
  }

  private Map<String, String> spark(String text) throws IOException {
    Layers layers = layers(text, Layers.defaults());
    return new Binder(new Problems()).bind(Settings.class, "", layers).orElseThrow().spark();
  }

  @Test
  void allExitCodesAreTold() throws IOException {
    String page = Files.readString(PAGE, UTF_8);
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains("\n| " + code.code() + " | ");
    }
  }
}

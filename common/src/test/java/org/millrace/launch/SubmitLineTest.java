package org.millrace.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;

class SubmitLineTest {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));

  private static SubmitLine line(Map<String, String> spark, String... arguments) {
    return SubmitLine.of(
        HOME, "cpu", spark, Path.of("millrace.jar"), List.of(), List.of(arguments));
  }

  @Test
  void theConfigurationComesOverTheProfile() {
    List<String> arguments =
        line(Map.of("serializer", "mine", "master", "local[3]"), "run", "a.conf")
            .sparkSubmitArguments();

    assertThat(arguments)
        .contains("spark.serializer=mine")
        .containsSequence("--master", "local[3]");
    assertThat(arguments).endsWith("millrace.jar", "run", "a.conf");
    assertThat(arguments.stream().filter(a -> a.startsWith("spark.serializer"))).hasSize(1);
  }

  @Test
  void jarsOfFamiliesGoWithThoseOfTheUser() {
    SubmitLine line =
        SubmitLine.of(
            HOME,
            "cpu",
            Map.of("jars", "mine.jar"),
            Path.of("millrace.jar"),
            List.of(Path.of("/lib/millrace-deep.jar")),
            List.of("run", "a.conf"));

    assertThat(line.sparkSubmitArguments())
        .containsSequence("--jars", "mine.jar,/lib/millrace-deep.jar")
        .endsWith("millrace.jar", "run", "a.conf")
        .noneMatch(a -> a.startsWith("spark.jars"));
  }

  @Test
  void secretsAreCoveredWhereverTheyStand() {
    SubmitLine line =
        line(
            Map.of("hadoop.fs.s3a.secret.key", "s3cr3t"),
            "run",
            "a.conf",
            "--set=spark.password=s3cr3t",
            "--set",
            "spark.my.token=s3cr3t");

    assertThat(line.shown("spark-submit"))
        .doesNotContain("s3cr3t")
        .contains("spark.hadoop.fs.s3a.secret.key=*****", "--set=spark.password=*****");
    assertThat(line.sparkSubmitArguments()).contains("spark.hadoop.fs.s3a.secret.key=s3cr3t");
  }

  @Test
  void whatAShellWouldChangeIsQuoted() {
    assertThat(line(Map.of("master", "local[*]"), "run", "it's here.conf").shown("spark-submit"))
        .contains("'local[*]'", "'it'\\''s here.conf'");
  }

  @Test
  void anUnknownProfileNamesThoseThatThereAre() {
    assertThatThrownBy(
            () ->
                SubmitLine.of(HOME, "tpu", Map.of(), Path.of("millrace.jar"), List.of(), List.of()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("--profile tpu")
        .hasMessageContaining("cpu");
  }
}

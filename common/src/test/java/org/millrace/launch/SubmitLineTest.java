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

  private static SubmitLine deep(Map<String, String> spark) {
    return SubmitLine.of(
        HOME, "cpu", spark, Path.of("m.jar"), List.of(Path.of("d.jar")), List.of("run", "a.conf"));
  }

  @Test
  void nativeLibrariesStayWithinTheContainer() {
    SubmitLine line = deep(Map.of("executor.memory", "4g", "executor.memoryOverhead", "3g"));

    assertThat(line.properties().get("spark.executor.extraJavaOptions"))
        .contains("--add-modules=jdk.incubator.vector")
        .endsWith(
            " -Dorg.bytedeco.javacpp.maxbytes=2048m -Dorg.bytedeco.javacpp.maxphysicalbytes=7168m");
    assertThat(line.properties()).containsEntry("spark.executorEnv.OMP_NUM_THREADS", "1");
    assertThat(OffHeap.of(Map.of("spark.executor.memory", "4g"))).isEmpty();
  }

  @Test
  void limitsThatTheContainerDoesNotHaveAreRefused() {
    String own = "-Dorg.bytedeco.javacpp.maxbytes=4g";
    Map<String, String> sizes =
        Map.of("executor.memoryOverhead", "3g", "executor.extraJavaOptions", own);

    assertThatThrownBy(() -> deep(sizes))
        .isInstanceOf(Stop.class)
        .hasMessageContaining(own)
        .hasMessageContaining("3072 MiB");
  }

  @Test
  void anOverheadThatLeavesThemNothingIsRefused() {
    assertThatThrownBy(() -> deep(Map.of("executor.memoryOverhead", "1200m")))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("spark.executor.memoryOverhead is 1200m")
        .hasMessageContaining("1536m or more");
    assertThatThrownBy(() -> deep(Map.of("executor.memoryOverhead", "much")))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("accepted: a size such as 4g");
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

package org.millrace.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStartTest {
  private static final String OPTIONS = "spark.driver.extraJavaOptions";
  private static final String CLASS_PATH = "spark.driver.extraClassPath";
  private static final Path JAR = Path.of("/opt/millrace.jar");

  @TempDir private Path folder;

  private Path archive() throws IOException {
    return Files.createFile(folder.resolve("millrace.jsa"));
  }

  @Test
  void aLocalRunTakesTheArchiveWithTheJarInFront() throws IOException {
    Path archive = archive();

    Map<String, String> faster =
        LocalStart.over(
            Map.of("spark.master", "local[2]", OPTIONS, "-Dmine=1", CLASS_PATH, "/lib/mine.jar"),
            JAR,
            archive);

    assertThat(faster)
        .containsEntry(CLASS_PATH, "/opt/millrace.jar:/lib/mine.jar")
        .hasEntrySatisfying(
            OPTIONS,
            options ->
                assertThat(options.split(" "))
                    .startsWith("-Dmine=1")
                    .contains("-XX:+UseParallelGC", "-XX:SharedArchiveFile=" + archive));
  }

  @Test
  void withoutAnArchiveTheClassPathStays() {
    assertThat(LocalStart.over(Map.of(), JAR, folder.resolve("none.jsa")))
        .containsOnly(Map.entry(OPTIONS, "-XX:+UseParallelGC"));
  }

  @Test
  void whatTheUserChoseIsLeft() throws IOException {
    Map<String, String> own = Map.of(OPTIONS, "-XX:+UseZGC -Xshare:off");

    assertThat(LocalStart.over(own, JAR, archive())).isEqualTo(own);
  }

  @Test
  void aClusterIsLeftAlone() throws IOException {
    Path archive = archive();
    for (String master : new String[] {"yarn", "local-cluster[2,1,1024]", "k8s://https://host"}) {
      Map<String, String> own = Map.of("spark.master", master);
      assertThat(LocalStart.over(own, JAR, archive)).isEqualTo(own);
    }
  }
}

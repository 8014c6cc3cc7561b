package org.millrace.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.millrace.testing.JarNatives;

/** The jar that spark-submit takes, and sends to every executor. */
class ApplicationJarIT {
  private static final Path JAR = Path.of("target/millrace.jar");
  private static final long MOST_BYTES = 60_000_000;

  @Test
  void itIsSmallEnoughToBeSentWithEachRun() throws IOException {
    assertThat(Files.size(JAR)).isBetween(5_000_000L, MOST_BYTES);
  }

  @Test
  void itHasNativesOfOnePlatformOnly() throws IOException {
    assertThat(JarNatives.in(JAR)).anyMatch(name -> name.endsWith("libxgboost4j.so"));
    assertThat(JarNatives.foreignIn(JAR)).isEmpty();
  }
}

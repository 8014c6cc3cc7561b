package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.millrace.testing.JarNatives;

/** The family's own jar, beside the application's. */
class DeepJarIT {
  private static final Path JAR = Path.of("target/millrace-deep.jar");

  @Test
  void itHasNativesOfOnePlatformOnly() throws IOException {
    assertThat(JarNatives.in(JAR)).anyMatch(name -> name.endsWith("libnd4jcpu.so"));
    assertThat(JarNatives.foreignIn(JAR)).isEmpty();
  }
}

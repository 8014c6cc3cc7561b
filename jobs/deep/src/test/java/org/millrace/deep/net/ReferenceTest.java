package org.millrace.deep.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.testing.ReferenceDocs;

/** The keys of networks and of their optimization, as jobs include them. */
class ReferenceTest {
  private record Job(Architecture network, Optimization optimization) {}

  private static Config defaults() {
    return ConfigFactory.parseString(
        """
        x {
          # What is trained
          network { include classpath("millrace/deep/network.conf") }
          # How it learns
          optimization { include classpath("millrace/deep/optimization.conf") }
        }
        """);
  }

  @Test
  void everyKeyIsToldAndCounts() {
    ReferenceDocs.of(Job.class, "x", defaults())
        .assertDocumented()
        .assertEachKeyCounts(
            "network { kind = layers, layers.list = [{ kind = dense, dense.units = 3 }] }",
            Map.of(
                "network.layers.list", "[]",
                "network.layers.list[].batch-norm.epsilon", "0.001",
                "network.definition.parameters", "{ width = 3 }"));
  }

  @Test
  void everyShippedListBinds() {
    assertThat(ShippedLayers.values()).allSatisfy(s -> assertThat(s.read().list()).isNotEmpty());
  }
}

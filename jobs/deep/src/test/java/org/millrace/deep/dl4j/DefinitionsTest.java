package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.outcome.Stop;

class DefinitionsTest {
  private static final NetworkInput IMAGE = new NetworkInput("image", new Shape.Image(8, 8, 1));
  private static final NetworkInput TEXT = new NetworkInput("text", new Shape.Tokens(12, 30));

  private static Network network(
      String definition, Map<String, String> parameters, NetworkInput... inputs) {
    return new Network(
        List.of(inputs), new Architecture.Definition(definition, parameters), new Task.Classes(3));
  }

  private static Dl4jReplica replica(Network network) {
    return new Dl4jEngine(network, Samples.optimization(Samples.ADAM, 0.01), 7, 10)
        .replica(Slot.CPU);
  }

  static Stream<Network> networks() {
    Map<String, String> small = Map.of("filters", "4", "units", "8", "embedding", "5");
    return Stream.of(
        network("image-and-text", small, IMAGE, TEXT),
        network("image-and-text", small, TEXT, IMAGE),
        network("skip-connections", Map.of(), IMAGE));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void definitionsLearnWhatIsPlanted(Network network) {
    try (Dl4jReplica replica = replica(network)) {
      Batch unseen = Samples.batch(network, 64, -1);
      double before = replica.evaluate(unseen).mean();
      for (int step = 0; step < 100; step++) {
        replica.apply(replica.gradient(Samples.batch(network, 32, step), step).weight());
      }
      assertThat(replica.evaluate(unseen).mean()).isLessThan(before * 0.6);
    }
  }

  @Test
  void parametersCount() {
    Network wide = network("skip-connections", Map.of("filters", "9"), IMAGE);
    try (Dl4jReplica replica = replica(wide)) {
      // 3 x 3 x 1 x 9 + 9, twice 3 x 3 x 9 x 9 + 9, 9 x 3 + 3.
      assertThat(replica.parameters().capacity()).isEqualTo(90 + 2 * 738 + 30);
    }
  }

  @Test
  void whatADefinitionDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> replica(network("image-or-text", Map.of(), IMAGE)))
        .isInstanceOf(Stop.class)
        .hasMessage(
            "there is no network definition image-or-text; there are: image-and-text,"
                + " skip-connections");
    assertThatThrownBy(() -> replica(network("skip-connections", Map.of("with", "1"), IMAGE)))
        .isInstanceOf(Stop.class)
        .hasMessage("the network skip-connections has no parameter with; accepted: filters");
    assertThatThrownBy(() -> replica(network("skip-connections", Map.of("filters", "0"), IMAGE)))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("filters of the network skip-connections is 0; accepted: a whole");
    assertThatThrownBy(() -> replica(network("image-and-text", Map.of(), IMAGE)))
        .isInstanceOf(Stop.class)
        .hasMessage(
            "the network image-and-text needs two inputs, an image and token ids; it has image:"
                + " image 8 x 8 x 1");
  }
}

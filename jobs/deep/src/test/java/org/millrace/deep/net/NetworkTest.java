package org.millrace.deep.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class NetworkTest {
  private static final Task DIGITS = new Task.Classes(10);
  private static final Layer.Conv CONV = new Layer.Conv(32, 3, 1, Padding.VALID, Activation.RELU);
  private static final Layer.Pool POOL = new Layer.Pool(Summary.MAX, 2, 2, Padding.VALID);
  private static final Layer.Lstm LSTM = new Layer.Lstm(7, 1);
  private static final Layer.Bidirectional BOTH = new Layer.Bidirectional(7, 1, Merge.CONCATENATE);
  private static final Layer.Dense DENSE = new Layer.Dense(5, Activation.RELU);
  private static final Layer.GlobalPool GLOBAL = new Layer.GlobalPool(Summary.MAX);

  private static Network network(Shape input, Layer... layers) {
    return new Network(
        List.of(new NetworkInput("input", input)),
        new Architecture.Layers(List.of(layers)),
        DIGITS);
  }

  private static String refusal(Shape input, Layer... layers) {
    try {
      network(input, layers);
    } catch (Stop stop) {
      assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE);
      return stop.getMessage();
    }
    throw new AssertionError("not refused");
  }

  /** Worked out by hand: (3 x 3 x 1 + 1) x 32, (12 x 12 x 32 + 1) x 10. */
  @Test
  void theTableOfLayersHasShapesAndParameters() {
    assertThat(network(new Shape.Image(26, 26, 1), CONV, POOL).layers())
        .containsExactly(
            new LayerRow("conv-1", new Shape.Image(24, 24, 32), 320),
            new LayerRow("pool-2", new Shape.Image(12, 12, 32), 0),
            new LayerRow("output", new Shape.Flat(10), 46090));
  }

  @Test
  void aNetworkBeyondAnyMemoryIsRefusedByItsGreatestLayer() {
    Layer.Dense wide = new Layer.Dense(65536, Activation.RELU);
    assertThat(refusal(new Shape.Flat(9), wide, wide))
        .isEqualTo(
            "the network has 4,296,343,562 parameters, 4,295,032,832 of them in dense-2; accepted:"
                + " up to 536,870,912, which are 2 GiB");
  }

  @Test
  void whatDoesNotFitIsToldWithTheLayerItsInputAndWhatItNeeds() {
    assertThat(refusal(new Shape.Image(9, 9, 3), CONV, LSTM))
        .isEqualTo("layer 2 (lstm) cannot take image 7 x 7 x 32; it needs a sequence");
    assertThat(refusal(new Shape.Image(4, 2, 3), POOL, CONV))
        .isEqualTo(
            "layer 2 (conv) cannot take image 2 x 1 x 3; it needs an image of at least 3 x 3, or"
                + " padding = same");
    assertThat(refusal(new Shape.Image(1, 9, 3), POOL))
        .endsWith("it needs an image of at least 2 x 2, or padding = same");
    assertThat(refusal(new Shape.Flat(9), POOL))
        .isEqualTo("layer 1 (pool) cannot take 9 numbers; it needs an image");
    assertThat(refusal(new Shape.Tokens(9, 50), LSTM))
        .isEqualTo(
            "layer 1 (lstm) cannot take 9 token ids of a vocabulary of 50; it needs a sequence (of"
                + " token ids: an embedding before)");
    assertThat(refusal(new Shape.Sequence(9, 3), DENSE))
        .isEqualTo(
            "layer 1 (dense) cannot take sequence of 9 steps x 3 features; it needs an image or"
                + " numbers (of a sequence: a last-step or a global-pool before)");
    assertThat(refusal(new Shape.Sequence(9, 3), new Layer.BatchNorm(0.9, 1e-5)))
        .endsWith("it needs an image or numbers");
    assertThat(refusal(new Shape.Image(9, 9, 3), new Layer.Embedding(3)))
        .endsWith("it needs token ids");
    assertThat(refusal(new Shape.Tokens(9, 3), new Layer.Dropout(0.5)))
        .contains("layer 1 (dropout)")
        .endsWith("it needs numbers (of token ids: an embedding before)");
    assertThat(refusal(new Shape.Flat(3), GLOBAL)).endsWith("it needs an image or a sequence");
    assertThat(refusal(new Shape.Sequence(9, 3), LSTM))
        .startsWith("the output layer, behind 1 others, cannot take sequence of 9 steps x 7");
    assertThat(refusal(new Shape.Sequence(9, 3), BOTH, new Layer.LastStep()))
        .startsWith("layer 2 (last-step): the last step of a bidirectional layer")
        .endsWith("use a global-pool");
  }

  @ParameterizedTest
  @CsvSource({
    "SAME, 28, 3, 1, 28", "SAME, 28, 3, 2, 14", "SAME, 29, 5, 2, 15", "SAME, 2, 5, 3, 1",
    "VALID, 28, 3, 1, 26", "VALID, 28, 3, 2, 13", "VALID, 29, 2, 2, 14", "VALID, 3, 3, 5, 1",
    "VALID, 2, 3, 1, 0"
  })
  void windowsAlongASide(Padding padding, int size, int window, int stride, int windows) {
    assertThat(padding.output(size, window, stride)).isEqualTo(windows);
  }

  @Test
  void aListStandsBehindOneInput() {
    NetworkInput image = new NetworkInput("image", new Shape.Image(8, 8, 1));
    NetworkInput text = new NetworkInput("text", new Shape.Tokens(8, 9));
    Architecture list = new Architecture.Layers(List.of(DENSE));
    assertThatThrownBy(() -> new Network(List.of(image, text), list, DIGITS))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("behind one input, not behind 2");
    assertThatThrownBy(() -> new Network(List.of(image, image), list, DIGITS))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("the same name");
    assertThatThrownBy(() -> new Network(List.of(), list, DIGITS)).isInstanceOf(Stop.class);
  }

  static List<Network> networks() {
    return List.of(
        network(
            new Shape.Image(28, 28, 1),
            CONV,
            new Layer.BatchNorm(0.9, 1e-5),
            new Layer.Activate(Activation.LEAKY_RELU),
            POOL,
            new Layer.Dropout(0.25),
            DENSE),
        network(new Shape.Tokens(9, 50), new Layer.Embedding(3), LSTM, new Layer.LastStep()),
        network(new Shape.Sequence(9, 3), BOTH, GLOBAL),
        new Network(
            List.of(
                new NetworkInput("image", new Shape.Image(8, 8, 1)),
                new NetworkInput("more", new Shape.Flat(3))),
            new Architecture.Definition("mine", Map.of("width", "3")),
            new Task.Numbers(2, Task.Loss.MAE)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNetworkIsTheSameBehindJsonAndJava(Network network)
      throws IOException, ClassNotFoundException {
    assertThat(NetworkJson.read(NetworkJson.write(network), "network.json")).isEqualTo(network);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(network);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(network);
    }
  }

  @Test
  void jsonThatIsNoNetworkIsToldWithItsFile() {
    assertThatThrownBy(() -> NetworkJson.read("{}".getBytes(UTF_8), "x/network.json"))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("x/network.json is not the description of a network: ");
  }
}

package org.millrace.deep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.millrace.model.Draft;
import org.millrace.model.FeatureContract;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.model.ModelStore;

/** A small network in a store. */
final class PublishedNetwork {
  private PublishedNetwork() {}

  private static ComputationGraph small() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("point")
                .addLayer("dense-1", new DenseLayer.Builder().nIn(2).nOut(3).build(), "point")
                .addLayer("output", new OutputLayer.Builder().nIn(3).nOut(2).build(), "dense-1")
                .setOutputs("output")
                .build());
    graph.init();
    return graph;
  }

  /** Its folder. */
  static String in(ModelStore store, String version) throws IOException {
    try (Draft draft = store.draft(NetworkModel.KIND, version)) {
      Path file = Path.of(draft.path().toUri().getPath(), "network.zip");
      ComputationGraph graph = small();
      ModelSerializer.writeModel(graph, file.toFile(), false);
      graph.close();
      ModelInfo info =
          new ModelInfo(
              Instant.parse("2026-01-31T10:00:00Z"),
              "deep.train",
              "run-1",
              "0.1.0",
              "3.5.7",
              new FeatureContract("clothes.v1", "c0ffee", List.of()),
              Map.of(),
              "beef",
              1L,
              List.of(),
              List.of(),
              "none",
              new ModelDescription("a", "b", "c", List.of()));
      return store.publish(draft, info).path().toUri().getPath();
    }
  }
}

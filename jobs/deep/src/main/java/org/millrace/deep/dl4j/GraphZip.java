package org.millrace.deep.dl4j;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.millrace.outcome.Stop;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Graphs in DL4J's own files (ModelSerializer), which any DL4J program reads. Only the description
 * and the parameters are looked at: other entries may hold serialized Java objects.
 */
final class GraphZip {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";

  private GraphZip() {}

  /** Without the updater's state. */
  static void write(ComputationGraph graph, OutputStream out) throws IOException {
    ModelSerializer.writeModel(graph, out, false);
  }

  /**
   * @param origin the file, for a sentence
   * @throws Stop exit 1 where it is no such file
   */
  static ComputationGraph read(InputStream in, String origin) throws IOException {
    String configuration = null;
    INDArray parameters = null;
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(CONFIGURATION)) {
          configuration = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } else if (entry.getName().equals(COEFFICIENTS)) {
          parameters = Nd4j.read(new BufferedInputStream(zip));
        }
      }
      if (configuration == null || parameters == null) {
        throw Stop.failed(
            "%s is no model of DL4J: it lacks %s",
            origin, configuration == null ? CONFIGURATION : COEFFICIENTS);
      }
      return graph(configuration, parameters);
    } catch (IOException | RuntimeException e) {
      if (e instanceof Stop stop) {
        throw stop;
      }
      throw Stop.failed("%s cannot be read as a model of DL4J: %s", origin, e.getMessage())
          .because(e);
    }
  }

  private static ComputationGraph graph(String configuration, INDArray parameters) {
    if (configuration.contains("\"networkInputs\"")) {
      ComputationGraph graph =
          new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
      graph.init(parameters, false);
      return graph;
    }
    MultiLayerNetwork list = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
    list.init(parameters, false);
    return ListGraph.of(list);
  }
}

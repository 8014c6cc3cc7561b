package org.millrace.deep.dl4j;

import java.io.BufferedInputStream;
import java.io.EOFException;
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

  /** Says what is wrong with a file. */
  static final class NoModel extends IOException {
    private static final long serialVersionUID = 1L;

    NoModel(String sentence, Exception cause) {
      super(sentence, cause);
    }
  }

  /** Without the updater's state. */
  static void write(ComputationGraph graph, OutputStream out) throws IOException {
    ModelSerializer.writeModel(graph, out, false);
  }

  /**
   * @param origin the file, for a sentence
   * @throws IOException where it is no such file, with a sentence
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
        throw new NoModel(
            "%s is no model of DL4J: it lacks %s"
                .formatted(origin, configuration == null ? CONFIGURATION : COEFFICIENTS),
            null);
      }
      return graph(configuration, parameters);
    } catch (NoModel e) {
      throw e;
    } catch (EOFException e) {
      throw new NoModel("%s is no model of DL4J: it is cut short".formatted(origin), e);
    } catch (IOException | RuntimeException e) {
      throw new NoModel("%s is no model of DL4J: %s".formatted(origin, e.getMessage()), e);
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

package org.millrace.deep.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.millrace.outcome.Stop;

/** Models that Keras saved in HDF5 (".h5"), sequential or functional. */
final class KerasFile {
  private static final String NOT_SEQUENTIAL = "class name Sequential";

  private KerasFile() {}

  /**
   * @param origin the file as its user knows it, for a sentence
   * @throws Stop exit 2 where it is no such file, or has what DL4J does not know
   */
  static ComputationGraph read(Path local, String origin) {
    try {
      try {
        return ListGraph.of(
            KerasModelImport.importKerasSequentialModelAndWeights(local.toString(), false));
      } catch (InvalidKerasConfigurationException e) {
        if (!e.getMessage().contains(NOT_SEQUENTIAL)) {
          throw e;
        }
        return KerasModelImport.importKerasModelAndWeights(local.toString(), false);
      }
    } catch (IOException
        | RuntimeException
        | InvalidKerasConfigurationException
        | UnsupportedKerasConfigurationException e) {
      throw Stop.usage("%s cannot be read as a model of Keras: %s", origin, e.getMessage())
          .because(e);
    }
  }
}

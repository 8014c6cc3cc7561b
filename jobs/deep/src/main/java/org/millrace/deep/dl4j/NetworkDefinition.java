package org.millrace.deep.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Task;

/**
 * A network beyond a list of layers, such as one with two inputs or with skip connections; found by
 * {@link java.util.ServiceLoader} under its name. A pure function: equal arguments make equal
 * configurations.
 */
public interface NetworkDefinition {
  /** As a use-case file names it. */
  String name();

  /**
   * The graph. Its inputs have the names of {@code inputs} in their order and the types that {@link
   * InputTypes} tells; its only output is {@link OutputLayers#of} the task, named {@link
   * org.millrace.deep.net.Network#OUTPUT}.
   *
   * @param parameters from the use-case file; unknown ones and bad values are refused
   * @param base carries updater, regularization, initialization and seed
   */
  ComputationGraphConfiguration configuration(
      List<NetworkInput> inputs,
      Task task,
      Map<String, String> parameters,
      NeuralNetConfiguration.Builder base);
}

package org.millrace.deep.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * DL4J completes a layer's regularization more than once while it builds a graph, and each time
 * adds the decay of weights again, so that they decay twice as fast.
 */
final class Regularizations {
  private Regularizations() {}

  /** Leaves one of each kind in each layer. */
  static void once(ComputationGraphConfiguration configuration) {
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        once(layer.getLayerConf().getLayer());
      }
    }
  }

  private static void once(Layer layer) {
    if (layer instanceof Bidirectional both) {
      once(both.getFwd());
      once(both.getBwd());
    } else if (layer instanceof BaseLayer base && base.getRegularization() != null) {
      Map<Class<?>, Regularization> kinds = new LinkedHashMap<>();
      base.getRegularization().forEach(r -> kinds.putIfAbsent(r.getClass(), r));
      List<Regularization> one = new ArrayList<>(kinds.values());
      base.setRegularization(one);
    }
  }
}

package org.millrace.deep.dl4j;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Whether a graph wants images channel by channel or, as Keras does, pixel by pixel. */
enum ImageOrder {
  CHANNELS_FIRST,
  CHANNELS_LAST;

  static ImageOrder of(ComputationGraph graph) {
    boolean last =
        Stream.of(graph.getLayers()).map(l -> l.conf().getLayer()).anyMatch(ImageOrder::isLast);
    return last ? CHANNELS_LAST : CHANNELS_FIRST;
  }

  static boolean isLast(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return isLast(frozen.getLayer());
    } else if (layer instanceof ConvolutionLayer convolution) {
      return convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    }
    if (layer instanceof BatchNormalization norm) {
      return norm.getCnn2DFormat() == CNN2DFormat.NHWC;
    }
    return layer instanceof SubsamplingLayer pool && pool.getCnn2dDataFormat() == CNN2DFormat.NHWC;
  }
}

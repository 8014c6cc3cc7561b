package org.millrace.bench.deep;

import java.util.List;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Decay;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.LearningRate;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.ShippedLayers;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;

/** The networks that {@code bench/peers/deep.py} has too, with Adam and a rate of 0.001. */
final class Networks {
  static final Shape.Sequence SEQUENCE = new Shape.Sequence(50, 64);
  static final int CLASSES = 10;

  private Networks() {}

  static Replica cnn(long seed) {
    return replica(
        new NetworkInput("image", FashionImages.SHAPE),
        seed,
        new Architecture.Shipped(ShippedLayers.CNN_28X28));
  }

  static Replica lstm(long seed) {
    return replica(
        new NetworkInput("sequence", SEQUENCE),
        seed,
        new Architecture.Layers(List.of(new Layer.Lstm(128, 1), new Layer.LastStep())));
  }

  private static Replica replica(NetworkInput input, long seed, Architecture architecture) {
    Network network = new Network(List.of(input), architecture, new Task.Classes(CLASSES));
    Optimization optimization =
        new Optimization(
            new Updater.Adam(0.9, 0.999, 1e-8),
            new LearningRate(0.001, 0, new Decay.Constant()),
            new Clipping.None(),
            0,
            WeightInit.HE_UNIFORM,
            Precision.FLOAT);
    return new Dl4jEngine(network, optimization, seed, 1).replica(Engine.Slot.CPU);
  }
}

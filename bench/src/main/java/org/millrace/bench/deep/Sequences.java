package org.millrace.bench.deep;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.millrace.deep.data.Batch;

/** Sequences of noise with a planted class: feature k of every step is shifted for class k. */
final class Sequences {
  private static final double SHIFT = 0.5;

  private Sequences() {}

  static Batch batch(int rows, Random random) {
    int steps = Networks.SEQUENCE.steps();
    int features = Networks.SEQUENCE.features();
    float[] values = new float[rows * steps * features];
    float[] targets = new float[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = random.nextInt(Networks.CLASSES);
      for (int step = 0; step < steps; step++) {
        for (int feature = 0; feature < features; feature++) {
          boolean planted = feature == (int) targets[row];
          values[(row * steps + step) * features + feature] =
              (float) (random.nextGaussian() + (planted ? SHIFT : 0));
        }
      }
    }
    int[] lengths = new int[rows];
    Arrays.fill(lengths, steps);
    float[] weights = new float[rows];
    Arrays.fill(weights, 1);
    return new Batch(
        rows,
        List.of(new Batch.Input("sequence", Networks.SEQUENCE, values, lengths)),
        targets,
        weights);
  }
}

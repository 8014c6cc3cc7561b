package org.millrace.deep.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.millrace.deep.data.Batch;

/**
 * Softmax regression with momentum and dropout of inputs, in a hundred lines of plain Java: an
 * engine whose gradient is known, for what a trainer must do with any.
 *
 * @param dropout share of inputs that a step does not see, by its seed
 */
record SoftmaxEngine(int features, int classes, float rate, float momentum, float dropout)
    implements Engine {
  @Override
  public Replica replica(Slot slot) {
    return new Softmax(slot);
  }

  final class Softmax implements Replica {
    final Slot slot;
    private final FloatBuffer parameters = direct((features + 1) * classes);
    private final FloatBuffer gradients = direct((features + 1) * classes);
    private final float[] velocity = new float[(features + 1) * classes];
    private final float[] seen = new float[features];
    private final double[] probabilities = new double[classes];
    private long updates;

    private Softmax(Slot slot) {
      this.slot = slot;
    }

    @Override
    public Loss gradient(Batch batch, long seed) {
      for (int i = 0; i < gradients.limit(); i++) {
        gradients.put(i, 0);
      }
      double sum = 0;
      double weight = 0;
      for (int row = 0; row < batch.rows(); row++) {
        look(batch, row, seed);
        int truth = (int) batch.targets()[row];
        float w = batch.weights()[row];
        sum += w * lossOf(truth);
        weight += w;
        for (int c = 0; c < classes; c++) {
          float error = (float) (w * (probabilities[c] - (c == truth ? 1 : 0)));
          for (int f = 0; f < features; f++) {
            add(c * features + f, error * seen[f]);
          }
          add(features * classes + c, error);
        }
      }
      return new Loss(sum, weight);
    }

    private void add(int i, float value) {
      gradients.put(i, gradients.get(i) + value);
    }

    private void look(Batch batch, int row, long seed) {
      long random = seed;
      for (int f = 0; f < features; f++) {
        random = random * 6364136223846793005L + 1442695040888963407L;
        boolean dropped = seed != 0 && (random >>> 40) / (float) (1 << 24) < dropout;
        seen[f] = dropped ? 0 : batch.inputs().get(0).values()[row * features + f];
      }
      forward();
    }

    private void forward() {
      double total = 0;
      for (int c = 0; c < classes; c++) {
        double sum = parameters.get(features * classes + c);
        for (int f = 0; f < features; f++) {
          sum += parameters.get(c * features + f) * seen[f];
        }
        probabilities[c] = Math.exp(sum);
        total += probabilities[c];
      }
      for (int c = 0; c < classes; c++) {
        probabilities[c] /= total;
      }
    }

    private double lossOf(int truth) {
      return -Math.log(probabilities[truth]);
    }

    @Override
    public FloatBuffer gradients() {
      return gradients;
    }

    @Override
    public FloatBuffer parameters() {
      return parameters;
    }

    @Override
    public void apply(double weight) {
      updates++;
      float annealed = rate / (1 + 0.001f * updates);
      for (int i = 0; i < velocity.length; i++) {
        velocity[i] = momentum * velocity[i] - annealed * (float) (gradients.get(i) / weight);
        parameters.put(i, parameters.get(i) + velocity[i]);
      }
    }

    @Override
    public Loss evaluate(Batch batch) {
      double sum = 0;
      double weight = 0;
      for (int row = 0; row < batch.rows(); row++) {
        look(batch, row, 0);
        sum += batch.weights()[row] * lossOf((int) batch.targets()[row]);
        weight += batch.weights()[row];
      }
      return new Loss(sum, weight);
    }

    @Override
    public float[][] predict(Batch batch) {
      float[][] all = new float[batch.rows()][classes];
      for (int row = 0; row < batch.rows(); row++) {
        look(batch, row, 0);
        for (int c = 0; c < classes; c++) {
          all[row][c] = (float) probabilities[c];
        }
      }
      return all;
    }

    @Override
    public void save(OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(updates);
      for (int i = 0; i < velocity.length; i++) {
        data.writeFloat(parameters.get(i));
        data.writeFloat(velocity[i]);
      }
      data.flush();
    }

    @Override
    public void load(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      updates = data.readLong();
      for (int i = 0; i < velocity.length; i++) {
        parameters.put(i, data.readFloat());
        velocity[i] = data.readFloat();
      }
    }

    @Override
    public void close() {}
  }

  private static FloatBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}

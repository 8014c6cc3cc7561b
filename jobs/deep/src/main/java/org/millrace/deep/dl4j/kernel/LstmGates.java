package org.millrace.deep.dl4j.kernel;

import java.util.Arrays;

/**
 * What happens between the matrix products of one step of an LSTM, for rows side by side. The four
 * gates of a row lie one behind the other in DL4J's order: block input a (tanh), forget f, output
 * o, input g (sigmoid):
 *
 * <pre>{@code
 * c = f * c of the step before + g * a
 * h = o * tanh(c)
 * }</pre>
 *
 * <p>A sigmoid is kept as the tanh it is made of: sigmoid(z) = (1 + tanh(z / 2)) / 2.
 */
final class LstmGates {
  private final int units;

  /** What z is multiplied by before tanh: 1 for the block input, 1/2 for the gates. */
  private final float[] scales;

  LstmGates(int units) {
    this.units = units;
    this.scales = new float[4 * units];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = i < units ? 1f : 0.5f;
    }
  }

  /**
   * One step forward.
   *
   * @param z rows x 4 units: products of inputs and weights on entry, tanh of the scaled gates on
   *     return
   * @param biases 4 units
   * @param before cells of the step before, rows x units; may be {@code cells}
   * @param mask 0 for a row that has ended or not begun, null where every row is real
   */
  void forward(
      int rows,
      float[] z,
      float[] biases,
      float[] before,
      float[] cells,
      float[] tanhCells,
      float[] outputs,
      float[] mask) {
    for (int row = 0; row < rows; row++) {
      addAndScale(z, row * 4 * units, biases, scales, 4 * units);
    }
    Tanh.of(z, z, rows * 4 * units);
    for (int row = 0; row < rows; row++) {
      cells(z, row * 4 * units, before, cells, row * units, units);
      if (mask != null && mask[row] == 0) {
        Arrays.fill(cells, row * units, (row + 1) * units, 0f);
      }
    }
    Tanh.of(cells, tanhCells, rows * units); // Of a row that is not real: tanh(0) = 0 = h.
    for (int row = 0; row < rows; row++) {
      outputs(z, row * 4 * units + 2 * units, tanhCells, outputs, row * units, units);
    }
  }

  /**
   * One step backward.
   *
   * @param z as {@link #forward} left it; on return the derivative of the loss by the gates before
   *     their activation
   * @param outputGradients derivative by h, from above and from the step behind, rows x units
   * @param cellGradients derivative by c, from the step behind on entry, for the step before on
   *     return
   * @param biasGradients to which the sum over the rows is added
   */
  void backward(
      int rows,
      float[] z,
      float[] before,
      float[] tanhCells,
      float[] outputGradients,
      float[] cellGradients,
      float[] biasGradients,
      float[] mask) {
    for (int row = 0; row < rows; row++) {
      int gates = row * 4 * units;
      if (mask != null && mask[row] == 0) {
        Arrays.fill(z, gates, gates + 4 * units, 0f);
        Arrays.fill(cellGradients, row * units, (row + 1) * units, 0f);
        continue;
      }
      gradients(z, gates, before, tanhCells, outputGradients, cellGradients, row * units, units);
      add(z, gates, biasGradients, 4 * units);
    }
  }

  private static void addAndScale(float[] z, int from, float[] biases, float[] scales, int count) {
    for (int i = 0; i < count; i++) {
      z[from + i] = (z[from + i] + biases[i]) * scales[i];
    }
  }

  private static void cells(
      float[] z, int gates, float[] before, float[] cells, int row, int units) {
    int forget = gates + units;
    int input = gates + 3 * units;
    for (int i = 0; i < units; i++) {
      float kept = (0.5f + 0.5f * z[forget + i]) * before[row + i];
      cells[row + i] = kept + (0.5f + 0.5f * z[input + i]) * z[gates + i];
    }
  }

  private static void outputs(
      float[] z, int gate, float[] tanhCells, float[] outputs, int row, int units) {
    for (int i = 0; i < units; i++) {
      outputs[row + i] = (0.5f + 0.5f * z[gate + i]) * tanhCells[row + i];
    }
  }

  private static void gradients(
      float[] z,
      int gates,
      float[] before,
      float[] tanhCells,
      float[] outputGradients,
      float[] cellGradients,
      int row,
      int units) {
    int forget = gates + units;
    int output = gates + 2 * units;
    int input = gates + 3 * units;
    for (int i = 0; i < units; i++) {
      float a = z[gates + i];
      float f = z[forget + i];
      float o = z[output + i];
      float g = z[input + i];
      float tanh = tanhCells[row + i];
      float byOutput = outputGradients[row + i];
      float byCell = cellGradients[row + i] + byOutput * (0.5f + 0.5f * o) * (1f - tanh * tanh);
      z[gates + i] = byCell * (0.5f + 0.5f * g) * (1f - a * a);
      z[forget + i] = byCell * before[row + i] * 0.25f * (1f - f * f);
      z[output + i] = byOutput * tanh * 0.25f * (1f - o * o);
      z[input + i] = byCell * a * 0.25f * (1f - g * g);
      cellGradients[row + i] = byCell * (0.5f + 0.5f * f);
    }
  }

  private static void add(float[] z, int from, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += z[from + i];
    }
  }
}

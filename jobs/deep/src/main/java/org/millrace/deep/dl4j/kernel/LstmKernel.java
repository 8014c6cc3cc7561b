package org.millrace.deep.dl4j.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * An LSTM over whole sequences on one thread: one matrix product for the inputs of all steps, one a
 * step for the recurrence, and one for each kind of weight's gradient. What lies outside the Java
 * heap goes through the products; the gates work on arrays of one step, which fit the cache.
 *
 * <p>Sequences are stored [step][row][number]; weights as DL4J stores them, [gate x unit][input].
 * Its arrays are kept from batch to batch and grow with the largest one.
 */
final class LstmKernel {
  /**
   * @param input 4 units x inputs
   * @param recurrent 4 units x units
   * @param biases 4 units
   */
  record Weights(FloatPointer input, FloatPointer recurrent, FloatPointer biases) {}

  private final int inputs;
  private final int units;
  private final LstmGates gates;

  private int rows;
  private int steps;
  private FloatPointer z = new FloatPointer(0L);
  private float[][] stepGates = {};
  private float[][] stepCells = {};
  private float[][] stepTanhCells = {};
  private float[] zeros = {};
  private float[] outputs = {};
  private float[] cellGradients = {};

  LstmKernel(int inputs, int units) {
    this.inputs = inputs;
    this.units = units;
    this.gates = new LstmGates(units);
  }

  /**
   * The outputs of every step.
   *
   * @param x steps x rows x inputs
   * @param h steps x rows x units, written
   * @param masks [step][row], 0 for what is not real; null where everything is
   * @param keep whether {@link #backward} is to follow
   */
  void forward(
      int stepCount,
      int rowCount,
      Weights weights,
      FloatPointer x,
      FloatPointer h,
      float[][] masks,
      boolean keep) {
    reserve(stepCount, rowCount, keep);
    float[] biases = new float[4 * units];
    weights.biases.get(biases);
    long gateSize = (long) rows * 4 * units;
    long outputSize = (long) rows * units;
    product(false, true, steps * rows, 4 * units, inputs, x, weights.input, 0f, z);
    for (int step = 0; step < steps; step++) {
      FloatPointer zOfStep = z.getPointer(step * gateSize);
      if (step > 0) {
        FloatPointer before = h.getPointer((step - 1) * outputSize);
        product(false, true, rows, 4 * units, units, before, weights.recurrent, 1f, zOfStep);
      }
      int slot = keep ? step : 0;
      zOfStep.get(stepGates[slot], 0, rows * 4 * units);
      gates.forward(
          rows,
          stepGates[slot],
          biases,
          step == 0 ? zeros : stepCells[keep ? step - 1 : 0],
          stepCells[slot],
          stepTanhCells[slot],
          outputs,
          masks == null ? null : masks[step]);
      h.getPointer(step * outputSize).put(outputs, 0, rows * units);
    }
  }

  /**
   * The gradients, after {@link #forward} of the same batch, which they use up.
   *
   * @param x as in forward
   * @param h as forward wrote it
   * @param outputGradients derivative of the loss by h, steps x rows x units; overwritten
   * @param gradients of the weights, written
   * @param inputGradients derivative by x, written
   */
  void backward(
      Weights weights,
      FloatPointer x,
      FloatPointer h,
      FloatPointer outputGradients,
      float[][] masks,
      Weights gradients,
      FloatPointer inputGradients) {
    int gateSize = rows * 4 * units;
    long outputSize = (long) rows * units;
    float[] biasGradients = new float[4 * units];
    Arrays.fill(cellGradients, 0f);
    for (int step = steps - 1; step >= 0; step--) {
      FloatPointer byOutput = outputGradients.getPointer(step * outputSize);
      if (step < steps - 1) {
        FloatPointer behind = z.getPointer((step + 1L) * gateSize);
        product(false, false, rows, units, 4 * units, behind, weights.recurrent, 1f, byOutput);
      }
      byOutput.get(outputs, 0, rows * units);
      gates.backward(
          rows,
          stepGates[step],
          step == 0 ? zeros : stepCells[step - 1],
          stepTanhCells[step],
          outputs,
          cellGradients,
          biasGradients,
          masks == null ? null : masks[step]);
      z.getPointer((long) step * gateSize).put(stepGates[step], 0, gateSize);
    }
    int all = steps * rows;
    int behindFirst = (steps - 1) * rows; // The first step has no step before it.
    gradients.biases.put(biasGradients);
    product(true, false, 4 * units, inputs, all, z, x, 0f, gradients.input);
    product(
        true,
        false,
        4 * units,
        units,
        behindFirst,
        z.getPointer(gateSize),
        h,
        0f,
        gradients.recurrent);
    product(false, false, all, inputs, 4 * units, z, weights.input, 0f, inputGradients);
  }

  /** c = a b + beta c, all row by row; a is m x k and b is k x n after the transpositions. */
  private static void product(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      FloatPointer a,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    cblas_sgemm(
        CblasRowMajor,
        transposeA ? CblasTrans : CblasNoTrans,
        transposeB ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        1f,
        a,
        transposeA ? m : k,
        b,
        transposeB ? k : n,
        beta,
        c,
        n);
  }

  private void reserve(int stepCount, int rowCount, boolean keep) {
    steps = stepCount;
    rows = rowCount;
    z = atLeast(z, (long) steps * rows * 4 * units);
    int slots = keep ? steps : 1;
    stepGates = atLeast(stepGates, slots, rows * 4 * units);
    stepCells = atLeast(stepCells, slots, rows * units);
    stepTanhCells = atLeast(stepTanhCells, slots, rows * units);
    if (zeros.length < rows * units) {
      zeros = new float[rows * units];
      outputs = new float[rows * units];
      cellGradients = new float[rows * units];
    }
  }

  private static FloatPointer atLeast(FloatPointer buffer, long size) {
    if (buffer.capacity() >= size) {
      return buffer;
    }
    buffer.close();
    return new FloatPointer(size);
  }

  private static float[][] atLeast(float[][] slots, int count, int size) {
    if (slots.length >= count && slots[0].length >= size) {
      return slots;
    }
    return new float[Math.max(count, slots.length)][size];
  }
}

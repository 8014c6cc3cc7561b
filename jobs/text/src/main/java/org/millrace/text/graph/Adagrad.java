package org.millrace.text.graph;

/** Adagrad on the rows of a table that a step touched; the gradient is gathered here. */
final class Adagrad {
  private static final float TINY = 1e-10f;

  private final float[] values;
  private final float[] gradient;
  private final float[] squares;
  private final int width;
  private final float rate;
  private final boolean[] isTouched;
  private final int[] touched;
  private int count;

  Adagrad(float[] values, int width, float rate) {
    this.values = values;
    this.gradient = new float[values.length];
    this.squares = new float[values.length];
    this.width = width;
    this.rate = rate;
    this.isTouched = new boolean[values.length / width];
    this.touched = new int[isTouched.length];
  }

  /** The table of gradients, to add to a row of. */
  float[] row(int row) {
    if (!isTouched[row]) {
      isTouched[row] = true;
      touched[count++] = row;
    }
    return gradient;
  }

  /** Adds to a row. */
  void add(int row, float[] from, int offset) {
    float[] into = row(row);
    for (int i = 0; i < width; i++) {
      into[row * width + i] += from[offset + i];
    }
  }

  /** Adds to all rows. */
  void addAll(float[] from) {
    for (int row = 0; row < isTouched.length; row++) {
      add(row, from, row * width);
    }
  }

  /** Takes a step against the gradient, and forgets it. */
  void update() {
    for (int t = 0; t < count; t++) {
      int row = touched[t];
      isTouched[row] = false;
      for (int i = row * width; i < (row + 1) * width; i++) {
        float g = gradient[i];
        squares[i] += g * g;
        values[i] -= rate * g / ((float) Math.sqrt(squares[i]) + TINY);
        gradient[i] = 0;
      }
    }
    count = 0;
  }
}

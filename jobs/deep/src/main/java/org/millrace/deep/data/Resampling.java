package org.millrace.deep.data;

/**
 * Resizes images by a triangle filter, which is bilinear interpolation where an image grows and
 * averages over all pixels that fall together where it shrinks (as Pillow's {@code BILINEAR}).
 */
final class Resampling {
  private final Axis columns;
  private final Axis rows;

  Resampling(int fromWidth, int fromHeight, int toWidth, int toHeight) {
    this.columns = Axis.of(fromWidth, toWidth);
    this.rows = Axis.of(fromHeight, toHeight);
  }

  /**
   * For each place along an axis, which old places count and how much.
   *
   * @param first the first old place of each new one
   * @param weights of the old places from the first on, which sum to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares axes.
  private record Axis(int from, int to, int[] first, float[][] weights) {
    static Axis of(int from, int to) {
      double scale = (double) from / to;
      double reach = Math.max(1, scale);
      int[] first = new int[to];
      float[][] weights = new float[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int begin = (int) Math.max(0, centre - reach + 0.5);
        int end = (int) Math.min(from, centre + reach + 0.5);
        double[] triangle = new double[end - begin];
        double sum = 0;
        for (int j = 0; j < triangle.length; j++) {
          triangle[j] = Math.max(0, 1 - Math.abs((begin + j + 0.5 - centre) / reach));
          sum += triangle[j];
        }
        first[i] = begin;
        weights[i] = new float[triangle.length];
        for (int j = 0; j < triangle.length; j++) {
          weights[i][j] = (float) (triangle[j] / sum);
        }
      }
      return new Axis(from, to, first, weights);
    }
  }

  /**
   * Resizes each channel.
   *
   * @param planes channel by channel, each row by row
   */
  byte[] resize(byte[] planes, int channels) {
    byte[] resized = new byte[columns.to * rows.to * channels];
    float[] narrowed = new float[rows.from * columns.to];
    for (int channel = 0; channel < channels; channel++) {
      alongRows(planes, channel * columns.from * rows.from, narrowed);
      alongColumns(narrowed, resized, channel * columns.to * rows.to);
    }
    return resized;
  }

  private void alongRows(byte[] planes, int start, float[] narrowed) {
    for (int y = 0; y < rows.from; y++) {
      for (int x = 0; x < columns.to; x++) {
        float[] weights = columns.weights[x];
        int at = start + y * columns.from + columns.first[x];
        float sum = 0;
        for (int j = 0; j < weights.length; j++) {
          sum += weights[j] * (planes[at + j] & 0xff);
        }
        narrowed[y * columns.to + x] = sum;
      }
    }
  }

  private void alongColumns(float[] narrowed, byte[] resized, int start) {
    for (int y = 0; y < rows.to; y++) {
      float[] weights = rows.weights[y];
      for (int x = 0; x < columns.to; x++) {
        float sum = 0;
        for (int j = 0; j < weights.length; j++) {
          sum += weights[j] * narrowed[(rows.first[y] + j) * columns.to + x];
        }
        resized[start + y * columns.to + x] = (byte) Math.min(255, Math.round(sum));
      }
    }
  }
}

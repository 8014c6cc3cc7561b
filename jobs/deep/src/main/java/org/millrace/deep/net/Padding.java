package org.millrace.deep.net;

/** What a window does at the edges of an image. */
public enum Padding {
  /** Zeros around the image: its size is divided by the stride, rounded up. */
  SAME,
  /** Only windows that lie within the image. */
  VALID;

  /** Windows along one side of an image; none where it is smaller than one. */
  int output(int size, int window, int stride) {
    return switch (this) {
      case SAME -> (size + stride - 1) / stride;
      case VALID -> size < window ? 0 : (size - window) / stride + 1;
    };
  }
}

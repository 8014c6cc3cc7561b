package org.millrace.deep.net;

/** What a window does at the edges of an image. */
public enum Padding {
  /** Zeros around the image: its size is divided by the stride, rounded up. */
  SAME {
    @Override
    int output(int size, int window, int stride) {
      return (size + stride - 1) / stride;
    }
  },
  /** Only windows that lie within the image. */
  VALID {
    @Override
    int output(int size, int window, int stride) {
      return size < window ? 0 : (size - window) / stride + 1;
    }
  };

  /** Windows along one side of an image; none where it is smaller than one. */
  abstract int output(int size, int window, int stride);
}

package org.millrace.deep.net;

import org.millrace.deep.net.Shape.Image;

/** A square window that moves over an image. */
final class Window {
  private Window() {}

  static Image over(Image image, int size, int stride, Padding padding, int channels)
      throws Misfit {
    int height = padding.output(image.height(), size, stride);
    int width = padding.output(image.width(), size, stride);
    if (height == 0 || width == 0) {
      throw new Misfit("an image of at least %1$d x %1$d, or padding = same".formatted(size));
    }
    return new Image(height, width, channels);
  }
}

package org.millrace.deep.data;

import java.util.SplittableRandom;

/** Changes images of one byte a pixel and channel. For one thread. */
final class Augmenter {
  private final Augmentation augmentation;
  private byte[] before = {};
  private Input.Image image;
  private SplittableRandom random;

  Augmenter(Augmentation augmentation) {
    this.augmentation = augmentation;
  }

  /** Draws for the next image: the same seed, the same change. */
  void begin(Input.Image next, long seed) {
    image = next;
    random = new SplittableRandom(seed);
  }

  /**
   * Changes an image in place.
   *
   * @param pixels channel by channel, each row by row
   */
  void change(byte[] pixels) {
    boolean mirrored = augmentation.flip() && random.nextBoolean();
    int cropDown = offset(augmentation.crop());
    int cropRight = offset(augmentation.crop());
    int down = offset(augmentation.shift());
    int right = offset(augmentation.shift());
    if (mirrored || cropDown != 0 || cropRight != 0 || down != 0 || right != 0) {
      if (before.length < pixels.length) {
        before = new byte[pixels.length];
      }
      System.arraycopy(pixels, 0, before, 0, pixels.length);
      move(pixels, mirrored, cropDown, cropRight, down, right);
    }
    if (augmentation.noise() > 0) {
      for (int i = 0; i < pixels.length; i++) {
        double noisy = (pixels[i] & 0xff) + 255 * augmentation.noise() * random.nextGaussian();
        pixels[i] = (byte) Math.round(Math.max(0, Math.min(255, noisy)));
      }
    }
  }

  private int offset(int most) {
    return most == 0 ? 0 : random.nextInt(2 * most + 1) - most;
  }

  private void move(
      byte[] pixels, boolean mirrored, int cropDown, int cropRight, int down, int right) {
    int height = image.height();
    int width = image.width();
    int at = 0;
    for (int channel = 0; channel < image.channels(); channel++) {
      int start = channel * height * width;
      for (int y = 0; y < height; y++) {
        int fromY = Math.max(0, Math.min(height - 1, y - down)) - cropDown;
        for (int x = 0; x < width; x++) {
          int shifted = Math.max(0, Math.min(width - 1, x - right)) - cropRight;
          int fromX = mirrored ? width - 1 - shifted : shifted;
          boolean inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
          pixels[at++] = inside ? before[start + fromY * width + fromX] : 0;
        }
      }
    }
  }
}

package org.millrace.deep.data;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * How training images are changed at random, anew in each epoch, so that a network learns what does
 * not matter. Images that a model is measured on or scores are never changed.
 *
 * @param flip whether every second image on average is mirrored, left to right
 * @param crop zeros put around an image, of which a part of its old size is then cut, in pixels
 * @param shift the farthest that an image moves up, down, left or right; its border pixels fill the
 *     gap, in pixels
 * @param noise standard deviation of what is added to each pixel, as a share of the range of pixels
 */
public record Augmentation(boolean flip, int crop, int shift, double noise)
    implements Serializable {
  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 0, 0, 0);

  public Augmentation {
    Check.that(crop >= 0 && crop <= 1024, "crop", crop, "0..1024 pixels");
    Check.that(shift >= 0 && shift <= 1024, "shift", shift, "0..1024 pixels");
    Check.that(noise >= 0 && noise <= 1, "noise", noise, "0..1");
  }
}

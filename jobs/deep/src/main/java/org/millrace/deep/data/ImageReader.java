package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Brings images from records into batches: a table look-up a pixel. */
final class ImageReader implements ValueReader {
  private final byte[] pixels;
  private final float[][] scaled;
  private final int plane;

  /** For images of which a record holds one byte a pixel and channel. */
  ImageReader(Input.Image input) {
    this.plane = input.height() * input.width();
    this.pixels = new byte[plane * input.channels()];
    this.scaled = new float[input.channels()][256];
    for (int channel = 0; channel < scaled.length; channel++) {
      double mean = input.mean().isEmpty() ? 0 : input.mean().get(channel);
      double deviation = input.deviation().isEmpty() ? 1 : input.deviation().get(channel);
      for (int value = 0; value < 256; value++) {
        scaled[channel][value] = (float) ((value * input.scale() - mean) / deviation);
      }
    }
  }

  @Override
  public void read(ByteBuffer record, float[] values, int from) {
    read(record, values, from, Optional.empty());
  }

  /** Reads an image and changes it on the way. */
  void read(ByteBuffer record, float[] values, int from, Optional<Augmenter> augmenter) {
    record.get(record.position(), pixels);
    augmenter.ifPresent(a -> a.change(pixels));
    for (int channel = 0; channel < scaled.length; channel++) {
      float[] table = scaled[channel];
      int start = channel * plane;
      for (int i = start; i < start + plane; i++) {
        values[from + i] = table[pixels[i] & 0xff];
      }
    }
  }
}

package org.millrace.deep.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG files with Java's own readers. What these only warn of (a file that ends too
 * soon is filled up with grey) is refused. Grey is that of Rec. 601; transparency is left out.
 */
final class ImageDecoder {
  /** A file of a few bytes can claim a size that no memory holds. */
  private static final long MOST_PIXELS = 100_000_000;

  private final Input.Image wanted;
  private final boolean resize;

  ImageDecoder(Input.Image wanted, boolean resize) {
    this.wanted = wanted;
    this.resize = resize;
  }

  /**
   * Decodes a file.
   *
   * @return channel by channel, each row by row
   */
  byte[] decode(String column, byte[] file) throws RefusedException {
    if (file == null || file.length == 0) {
      throw RefusedException.of(
          Refusal.Rule.IMAGE_PRESENT, "%s %s", column, file == null ? "is null" : "has 0 bytes");
    }
    ImageReader reader = reader(column, file);
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      return decode(column, file.length, isJpeg(file), reader, stream);
    } catch (IOException | RuntimeException e) {
      // Java's readers meet damage with exceptions of many kinds.
      boolean colours = String.valueOf(e.getMessage()).contains("Unsupported Image Type");
      throw RefusedException.of(
          colours ? Refusal.Rule.IMAGE_COLOURS : Refusal.Rule.IMAGE_READABLE,
          "the %d bytes of %s cannot be decoded: %s",
          file.length,
          column,
          e.getMessage());
    } finally {
      reader.dispose();
    }
  }

  private byte[] decode(
      String column, int bytes, boolean isJpeg, ImageReader reader, ImageInputStream stream)
      throws IOException, RefusedException {
    StringBuilder damage = new StringBuilder();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          String text = warning.toLowerCase(Locale.ROOT);
          boolean harmless = text.contains("extraneous") || text.contains("icc");
          boolean harmful =
              text.contains("premature") || text.contains("truncated") || text.contains("corrupt");
          if (harmful && !harmless && damage.isEmpty()) {
            damage.append(warning);
          }
        });
    reader.setInput(stream, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    boolean fits = width == wanted.width() && height == wanted.height();
    if (!fits && (!resize || (long) width * height > MOST_PIXELS)) {
      throw RefusedException.of(
          Refusal.Rule.IMAGE_SIZE,
          "%s is %d x %d pixels (height x width), not %d x %d",
          column,
          height,
          width,
          wanted.height(),
          wanted.width());
    }
    BufferedImage image = reader.read(0);
    if (!damage.isEmpty()) {
      throw RefusedException.of(
          Refusal.Rule.IMAGE_READABLE,
          "the %d bytes of %s end too soon or are damaged: %s",
          bytes,
          column,
          damage);
    }
    if (isJpeg && image.getRaster().getNumBands() > 3) {
      // Java's reader takes the inks of CMYK for red, green, blue and transparency.
      throw RefusedException.of(
          Refusal.Rule.IMAGE_COLOURS, "%s is a JPEG file with four colours", column);
    }
    byte[] planes = planes(image);
    return fits
        ? planes
        : new Resampling(width, height, wanted.width(), wanted.height())
            .resize(planes, wanted.channels());
  }

  private static ImageReader reader(String column, byte[] file) throws RefusedException {
    boolean jpeg = isJpeg(file);
    boolean png = file.length > 8 && (file[0] & 0xff) == 0x89 && file[1] == 'P' && file[2] == 'N';
    if (png && !endsAsPng(file)) {
      throw RefusedException.of(
          Refusal.Rule.IMAGE_READABLE,
          "the %d bytes of %s end before the PNG file does",
          file.length,
          column);
    }
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(jpeg ? "jpeg" : png ? "png" : "");
    if (!readers.hasNext()) {
      throw RefusedException.of(
          Refusal.Rule.IMAGE_READABLE,
          "%s does not begin as a JPEG or PNG file does (%d bytes)",
          column,
          file.length);
    }
    return readers.next();
  }

  private static boolean isJpeg(byte[] file) {
    return file.length > 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xd8;
  }

  /** Java's reader does not miss the last chunk. */
  private static boolean endsAsPng(byte[] file) {
    for (int at = file.length - 4; at >= 8; at--) {
      if (file[at] == 'I' && file[at + 1] == 'E' && file[at + 2] == 'N' && file[at + 3] == 'D') {
        return true;
      }
    }
    return false;
  }

  private byte[] planes(BufferedImage image) {
    int pixels = image.getWidth() * image.getHeight();
    byte[] planes = new byte[pixels * wanted.channels()];
    // Java's own grey to RGB would change the values by its idea of grey's gamma.
    boolean grey = image.getRaster().getNumBands() <= 2 && !isIndexed(image);
    if (grey) {
      grey(image.getRaster(), planes, pixels);
      return planes;
    }
    int[] row = new int[image.getWidth()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int rgb : row) {
        int red = (rgb >> 16) & 0xff;
        int green = (rgb >> 8) & 0xff;
        int blue = rgb & 0xff;
        if (wanted.channels() == 1) {
          planes[at] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
        } else {
          planes[at] = (byte) red;
          planes[pixels + at] = (byte) green;
          planes[2 * pixels + at] = (byte) blue;
        }
        at++;
      }
    }
    return planes;
  }

  private static boolean isIndexed(BufferedImage image) {
    return image.getColorModel() instanceof java.awt.image.IndexColorModel;
  }

  private void grey(Raster raster, byte[] planes, int pixels) {
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        planes[y * row.length + x] = (byte) (row[x] >> shift);
      }
    }
    for (int channel = 1; channel < wanted.channels(); channel++) {
      System.arraycopy(planes, 0, planes, channel * pixels, pixels);
    }
  }
}

package org.millrace.deep;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.net.Shape;
import org.millrace.report.RunReport.Picture;

/** Images of examples for the report. */
final class Pictures {
  private Pictures() {}

  /** Of examples whose first input is an image. */
  static List<Picture> of(
      List<Measurement.Example> examples, Encoding encoding, List<String> classes) {
    Shape.Image shape = (Shape.Image) encoding.inputs().get(0).shape();
    return examples.stream()
        .map(
            e ->
                new Picture(
                    "%s, said to be %s (%.0f %%)"
                        .formatted(
                            classes.get(e.truth), classes.get(e.predicted), 100 * e.probability),
                    png(e.record, shape)))
        .toList();
  }

  /**
   * A PNG in Base64.
   *
   * @param record begins with the image's bytes, channel by channel
   */
  static String png(byte[] record, Shape.Image shape) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    int plane = shape.height() * shape.width();
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        int at = y * shape.width() + x;
        int red = record[at] & 0xff;
        boolean coloured = shape.channels() >= 3;
        int green = coloured ? record[plane + at] & 0xff : red;
        int blue = coloured ? record[2 * plane + at] & 0xff : red;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}

package org.millrace.deep.dl4j;

import java.util.HashMap;
import java.util.Map;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One input of a batch as DL4J wants it. Arrays are kept by their size and written again: steps
 * behind the longest example of a batch are left out, in strides of {@value #STRIDE} so that there
 * are few sizes.
 */
final class InputArrays {
  private static final int STRIDE = 8;

  private final ImageOrder order;
  private final Map<Size, NativeFloats> values = new HashMap<>();
  private final Map<Size, NativeFloats> masks = new HashMap<>();

  InputArrays(ImageOrder order) {
    this.order = order;
  }

  private record Size(int rows, int steps) {}

  /**
   * What DL4J gets.
   *
   * @param mask 1 for each real step, rows x steps; null where all are
   */
  record Arrays(INDArray values, INDArray mask) {}

  Arrays of(Batch.Input input, int rows) {
    if (input.shape() instanceof Shape.Sequence sequence) {
      int steps = steps(input, rows, sequence.steps());
      INDArray stepByStep = steps(input, rows, steps, sequence.features());
      return new Arrays(stepByStep.permute(0, 2, 1), mask(input, rows, steps));
    } else if (input.shape() instanceof Shape.Tokens tokens) {
      int steps = steps(input, rows, tokens.steps());
      return new Arrays(steps(input, rows, steps, 1), mask(input, rows, steps));
    }
    if (order == ImageOrder.CHANNELS_LAST && input.shape() instanceof Shape.Image image) {
      return new Arrays(pixelByPixel(input, image, rows), null);
    }
    NativeFloats whole = values.computeIfAbsent(new Size(rows, 0), s -> array(input.shape(), rows));
    whole.buffer().put(0, input.values(), 0, rows * input.shape().size());
    return new Arrays(whole.written(), null);
  }

  /** A copy: native code takes the memory of a permuted view for what the shape says. */
  private INDArray pixelByPixel(Batch.Input input, Shape.Image image, int rows) {
    int pixels = image.height() * image.width();
    NativeFloats array =
        values.computeIfAbsent(
            new Size(rows, 0),
            s -> NativeFloats.zeros(rows, image.height(), image.width(), image.channels()));
    int from = 0;
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < image.channels(); channel++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          array
              .buffer()
              .put((row * pixels + pixel) * image.channels() + channel, input.values()[from++]);
        }
      }
    }
    return array.written();
  }

  private static NativeFloats array(Shape shape, int rows) {
    return shape instanceof Shape.Image image
        ? NativeFloats.zeros(rows, image.channels(), image.height(), image.width())
        : NativeFloats.zeros(rows, shape.size());
  }

  /** Steps of the longest example; one at the least, so that there is something to calculate. */
  private static int steps(Batch.Input input, int rows, int most) {
    int longest = 1;
    for (int row = 0; row < rows; row++) {
      longest = Math.max(longest, input.lengths()[row]);
    }
    return Math.min(most, (longest + STRIDE - 1) / STRIDE * STRIDE);
  }

  private INDArray steps(Batch.Input input, int rows, int steps, int features) {
    boolean tokens = input.shape() instanceof Shape.Tokens;
    NativeFloats array =
        values.computeIfAbsent(
            new Size(rows, steps),
            s ->
                tokens
                    ? NativeFloats.zeros(rows, steps)
                    : NativeFloats.zeros(rows, steps, features));
    int size = input.shape().size();
    for (int row = 0; row < rows; row++) {
      array.buffer().put(row * steps * features, input.values(), row * size, steps * features);
    }
    return array.written();
  }

  private INDArray mask(Batch.Input input, int rows, int steps) {
    boolean full = true;
    for (int row = 0; row < rows; row++) {
      full &= input.lengths()[row] >= steps;
    }
    if (full) {
      return null;
    }
    NativeFloats mask =
        masks.computeIfAbsent(new Size(rows, steps), s -> NativeFloats.zeros(rows, steps));
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < steps; step++) {
        mask.buffer().put(row * steps + step, step < input.lengths()[row] ? 1 : 0);
      }
    }
    return mask.written();
  }
}

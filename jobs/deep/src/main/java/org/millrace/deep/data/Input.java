package org.millrace.deep.data;

import java.io.Serializable;
import java.util.List;
import org.millrace.config.Check;
import org.millrace.language.Analysis;

/**
 * What one input of a network is made of: columns of a table and how they are read. The defaults
 * and the meaning of each key are in {@code millrace/deep/input.conf}.
 */
public sealed interface Input extends Serializable {

  /** The columns that it reads. */
  List<String> columns();

  /**
   * Images, kept as one byte a pixel and channel.
   *
   * @param channels 1 (grey) or 3 (red, green, blue); up to 16 where the pixels are not of a file
   * @param scale what a pixel is multiplied by, before mean and deviation
   * @param mean of each channel, taken off the scaled pixels; empty for none
   * @param deviation of each channel, which they are divided by; empty for none
   */
  record Image(
      int height,
      int width,
      int channels,
      Pixels pixels,
      double scale,
      List<Double> mean,
      List<Double> deviation)
      implements Input {
    private static final int LARGEST = 4096;

    public Image {
      Check.that(height >= 1 && height <= LARGEST, "height", height, "1..4096 pixels");
      Check.that(width >= 1 && width <= LARGEST, "width", width, "1..4096 pixels");
      int most = pixels instanceof Pixels.File ? 3 : 16;
      boolean known = channels >= 1 && channels <= most;
      Check.that(
          known && !(most == 3 && channels == 2),
          "channels",
          channels,
          most == 3 ? "1 (grey) or 3 (red, green, blue)" : "1..16");
      Check.that(scale > 0, "scale", scale, "a number above 0");
      Check.that(
          mean.isEmpty() || mean.size() == channels,
          "mean",
          mean,
          "a list of one number a channel, or an empty one");
      Check.that(
          deviation.isEmpty()
              || (deviation.size() == channels && deviation.stream().allMatch(d -> d > 0)),
          "deviation",
          deviation,
          "a list of one number above 0 a channel, or an empty one");
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
    }

    @Override
    public List<String> columns() {
      return pixels.columns(height * width * channels);
    }
  }

  /**
   * Texts as ids of their words.
   *
   * @param maxTokens the first so many words of a text count
   */
  record Text(String column, Analysis analysis, int maxTokens, Words words) implements Input {
    public Text {
      Check.that(!column.isBlank(), "column", column, "the name of a column");
      Check.that(maxTokens >= 1 && maxTokens <= 100_000, "max-tokens", maxTokens, "1..100000");
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /**
   * Sequences of vectors: one column with an array of arrays (a step each), one with a flat array
   * of steps x features, or several with an array each (a feature each).
   *
   * @param maxSteps the first so many steps of a sequence count
   * @param standardize whether each feature gets mean 0 and deviation 1 over the training rows
   */
  record Sequence(List<String> columns, int features, int maxSteps, boolean standardize)
      implements Input {
    public Sequence {
      requireColumns(columns);
      Check.that(features >= 1 && features <= 100_000, "features", features, "1..100000");
      Check.that(
          columns.size() == 1 || columns.size() == features,
          "features",
          features,
          "%d, the number of columns".formatted(columns.size()));
      Check.that(maxSteps >= 1 && maxSteps <= 100_000, "max-steps", maxSteps, "1..100000");
      columns = List.copyOf(columns);
    }
  }

  /**
   * Sound as its mel-frequency cepstral coefficients, frame by frame.
   *
   * @param column the bytes of a WAV file
   * @param sampleRate samples a second; files of another rate are refused
   * @param frames the first so many frames count; behind the end of shorter sounds are zeros
   */
  record Audio(
      String column, int sampleRate, int frames, Cepstrum cepstrum, Form form, boolean standardize)
      implements Input {
    public Audio {
      Check.that(!column.isBlank(), "column", column, "the name of a column");
      Check.that(
          sampleRate >= 1000 && sampleRate <= 384_000, "sample-rate", sampleRate, "1000..384000");
      Check.that(frames >= 1 && frames <= 100_000, "frames", frames, "1..100000");
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }
  }

  /** What the network sees in a sound. */
  enum Form {
    /** An image of frames x coefficients, for convolutions. */
    IMAGE,
    /** A sequence of vectors, for recurrent layers. */
    SEQUENCE
  }

  /**
   * How cepstral coefficients are computed.
   *
   * @param coefficients kept of each frame, from the first on
   * @param window samples in a frame, a power of two
   * @param hop samples from frame to frame
   * @param bands of the mel filter bank
   */
  record Cepstrum(int coefficients, int window, int hop, int bands) implements Serializable {
    public Cepstrum {
      Check.that(bands >= 1 && bands <= 1024, "bands", bands, "1..1024");
      Check.that(
          coefficients >= 1 && coefficients <= bands,
          "coefficients",
          coefficients,
          "1 to the number of bands");
      Check.that(
          window >= 16 && window <= 65536 && Integer.bitCount(window) == 1,
          "window",
          window,
          "a power of two in 16..65536");
      Check.that(hop >= 1 && hop <= window, "hop", hop, "1 to the window");
    }
  }

  /**
   * Numbers without an order.
   *
   * @param standardize whether each gets mean 0 and deviation 1 over the training rows
   */
  record Numbers(List<String> columns, boolean standardize) implements Input {
    public Numbers {
      requireColumns(columns);
      columns = List.copyOf(columns);
    }
  }

  private static void requireColumns(List<String> columns) {
    Check.that(
        !columns.isEmpty() && columns.stream().noneMatch(String::isBlank),
        "columns",
        columns,
        "a list of columns");
  }
}

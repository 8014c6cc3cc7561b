package org.millrace.deep.net;

import java.io.Serializable;
import java.util.Locale;
import org.millrace.config.Check;
import org.millrace.deep.net.Shape.Flat;
import org.millrace.deep.net.Shape.Image;
import org.millrace.deep.net.Shape.Sequence;
import org.millrace.deep.net.Shape.Tokens;

/** One layer of a network that is a list. */
public sealed interface Layer extends Serializable {
  /**
   * The shape behind the layer.
   *
   * @throws Misfit where the layer cannot take the input
   */
  Shape output(Shape in) throws Misfit;

  /** Numbers that the layer learns or keeps, for an input that it can take. */
  default long parameters(Shape in) {
    return 0;
  }

  /** The layer's kind, as it is written. */
  default String kind() {
    return getClass()
        .getSimpleName()
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Convolution over images.
   *
   * @param filters channels of the output
   * @param kernel height and width of the window
   */
  record Conv(int filters, int kernel, int stride, Padding padding, Activation activation)
      implements Layer {
    public Conv {
      Check.that(filters >= 1 && filters <= 65536, "filters", filters, "1 to 65536");
      Check.that(kernel >= 1 && kernel <= 1024, "kernel", kernel, "1 to 1024");
      Check.that(stride >= 1 && stride <= 1024, "stride", stride, "1 to 1024");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      Image image = Misfit.image(in);
      return Window.over(image, kernel, stride, padding, filters);
    }

    @Override
    public long parameters(Shape in) {
      return ((long) kernel * kernel * ((Image) in).channels() + 1) * filters;
    }
  }

  /** The greatest or the mean of each window of an image. */
  record Pool(Summary by, int size, int stride, Padding padding) implements Layer {
    public Pool {
      Check.that(size >= 1 && size <= 1024, "size", size, "1 to 1024");
      Check.that(stride >= 1 && stride <= 1024, "stride", stride, "1 to 1024");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      Image image = Misfit.image(in);
      return Window.over(image, size, stride, padding, image.channels());
    }
  }

  /**
   * Each channel of an image, or each number, to mean 0 and variance 1 over the batch, then scaled
   * (Ioffe and Szegedy, 2015).
   *
   * @param decay share of the old running mean and variance that a step keeps
   * @param epsilon added to the variance
   */
  record BatchNorm(double decay, double epsilon) implements Layer {
    public BatchNorm {
      Check.that(decay >= 0 && decay < 1, "decay", decay, "0 or more, below 1");
      // Smaller ones vanish in the arithmetic of some kernels.
      Check.that(epsilon >= 1e-5 && epsilon <= 1, "epsilon", epsilon, "1e-5 to 1");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      if (in instanceof Image || in instanceof Flat) {
        return in;
      }
      throw new Misfit("an image or numbers");
    }

    @Override
    public long parameters(Shape in) {
      return 4L * (in instanceof Image image ? image.channels() : in.size());
    }
  }

  /**
   * Zeros in place of numbers, by chance, while training; the others grow accordingly.
   *
   * @param rate share of the numbers
   */
  record Dropout(double rate) implements Layer {
    public Dropout {
      Check.that(rate > 0 && rate < 1, "rate", rate, "between 0 and 1");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      return Misfit.numbers(in);
    }
  }

  /** Every output is a weighted sum of all inputs; an image is flattened. */
  record Dense(int units, Activation activation) implements Layer {
    public Dense {
      Check.that(units >= 1 && units <= 65536, "units", units, "1 to 65536");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      if (in instanceof Image || in instanceof Flat) {
        return new Flat(units);
      }
      throw new Misfit("an image or numbers (of a sequence: a last-step or a global-pool before)");
    }

    @Override
    public long parameters(Shape in) {
      return (in.size() + 1L) * units;
    }
  }

  /** A learned vector for each token. */
  record Embedding(int size) implements Layer {
    public Embedding {
      Check.that(size >= 1 && size <= 65536, "size", size, "1 to 65536");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      if (in instanceof Tokens tokens) {
        return new Sequence(tokens.steps(), size);
      }
      throw new Misfit("token ids");
    }

    @Override
    public long parameters(Shape in) {
      return (long) ((Tokens) in).vocabulary() * size;
    }
  }

  /**
   * Long short-term memory over the steps of a sequence, with a forget gate and no peepholes (Gers
   * et al., 2000).
   *
   * @param forgetBias bias of the forget gate at the start
   */
  record Lstm(int units, double forgetBias) implements Layer {
    public Lstm {
      Check.that(units >= 1 && units <= 65536, "units", units, "1 to 65536");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      return new Sequence(Misfit.sequence(in).steps(), units);
    }

    @Override
    public long parameters(Shape in) {
      return 4L * units * (((Sequence) in).features() + units + 1L);
    }
  }

  /** Two LSTM layers, one from the first step on, one from the last step back. */
  record Bidirectional(int units, double forgetBias, Merge merge) implements Layer {
    public Bidirectional {
      Check.that(units >= 1 && units <= 65536, "units", units, "1 to 65536");
    }

    @Override
    public Shape output(Shape in) throws Misfit {
      int features = merge == Merge.CONCATENATE ? 2 * units : units;
      return new Sequence(Misfit.sequence(in).steps(), features);
    }

    @Override
    public long parameters(Shape in) {
      return 2 * new Lstm(units, forgetBias).parameters(in);
    }
  }

  /** The output of the last real step of a sequence. */
  record LastStep() implements Layer {
    @Override
    public Shape output(Shape in) throws Misfit {
      return new Flat(Misfit.sequence(in).features());
    }
  }

  /** The greatest or the mean of each channel of an image, or of each feature over real steps. */
  record GlobalPool(Summary by) implements Layer {
    @Override
    public Shape output(Shape in) throws Misfit {
      if (in instanceof Image image) {
        return new Flat(image.channels());
      } else if (in instanceof Sequence sequence) {
        return new Flat(sequence.features());
      }
      throw new Misfit("an image or a sequence");
    }
  }

  /** An activation by itself, such as behind a batch-norm. */
  record Activate(Activation function) implements Layer {
    @Override
    public Shape output(Shape in) throws Misfit {
      return Misfit.numbers(in);
    }
  }
}

package org.millrace.deep.net;

import org.millrace.deep.net.Shape.Image;
import org.millrace.deep.net.Shape.Sequence;
import org.millrace.deep.net.Shape.Tokens;

/** An input that a layer cannot take; who knows the layer's place makes a sentence of it. */
public final class Misfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final String needs;

  /**
   * @param needs what the layer can take
   */
  Misfit(String needs) {
    super("needs " + needs);
    this.needs = needs;
  }

  public String needs() {
    return needs;
  }

  static Image image(Shape in) throws Misfit {
    if (in instanceof Image image) {
      return image;
    }
    throw new Misfit("an image");
  }

  static Sequence sequence(Shape in) throws Misfit {
    if (in instanceof Sequence sequence) {
      return sequence;
    }
    throw new Misfit(
        in instanceof Tokens ? "a sequence (of token ids: an embedding before)" : "a sequence");
  }

  /** Anything but token ids, which are names and no quantities. */
  static Shape numbers(Shape in) throws Misfit {
    if (in instanceof Tokens) {
      throw new Misfit("numbers (of token ids: an embedding before)");
    }
    return in;
  }
}

package org.millrace.deep.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Shape;

/** Shapes in DL4J's terms. */
public final class InputTypes {
  private InputTypes() {}

  public static InputType[] of(List<NetworkInput> inputs) {
    return inputs.stream().map(i -> of(i.shape())).toArray(InputType[]::new);
  }

  /** Sequences have no fixed length: a batch is as long as its longest example. */
  public static InputType of(Shape shape) {
    if (shape instanceof Shape.Image image) {
      return InputType.convolutional(image.height(), image.width(), image.channels());
    } else if (shape instanceof Shape.Sequence sequence) {
      return InputType.recurrent(sequence.features());
    } else if (shape instanceof Shape.Tokens tokens) {
      return InputType.recurrent(tokens.vocabulary());
    }
    return InputType.feedForward(shape.size());
  }
}

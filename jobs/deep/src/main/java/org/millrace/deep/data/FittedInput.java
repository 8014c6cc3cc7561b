package org.millrace.deep.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;
import org.millrace.deep.net.Shape;

/** An input with all that was learnt of the training rows in order to encode others like them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FittedInput.Images.class, name = "image"),
  @JsonSubTypes.Type(value = FittedInput.Texts.class, name = "text"),
  @JsonSubTypes.Type(value = FittedInput.Sequences.class, name = "sequence"),
  @JsonSubTypes.Type(value = FittedInput.Sounds.class, name = "audio"),
  @JsonSubTypes.Type(value = FittedInput.Numbers.class, name = "numbers"),
})
public sealed interface FittedInput extends Serializable {

  /** The name of the network's input. */
  String name();

  /** What it reads. */
  Input input();

  Shape shape();

  /** For rows of that schema. */
  Encoder encoder(StructType schema);

  /** Bytes of its values in a record. */
  default int bytes() {
    return shape().size() * Float.BYTES;
  }

  /** For values that {@link #encoder} wrote. */
  ValueReader reader();

  /** Images, of which nothing is learnt. */
  record Images(String name, Input.Image input) implements FittedInput {
    @Override
    public Shape.Image shape() {
      return new Shape.Image(input.height(), input.width(), input.channels());
    }

    @Override
    public int bytes() {
      return shape().size();
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new ImageEncoder(input, schema);
    }

    @Override
    public ImageReader reader() {
      return new ImageReader(input);
    }
  }

  /** Texts with their vocabulary. */
  record Texts(String name, Input.Text input, Vocabulary vocabulary) implements FittedInput {
    @Override
    public Shape shape() {
      return new Shape.Tokens(input.maxTokens(), vocabulary.size());
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new TextEncoder(this, schema);
    }

    @Override
    public ValueReader reader() {
      return ValueReader.ids(shape().size());
    }
  }

  /** Sequences with the moments of their features. */
  record Sequences(String name, Input.Sequence input, Standardization standardization)
      implements FittedInput {
    @Override
    public Shape shape() {
      return new Shape.Sequence(input.maxSteps(), input.features());
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new SequenceEncoder(input, standardization, schema);
    }

    @Override
    public ValueReader reader() {
      return ValueReader.floats(shape().size());
    }
  }

  /** Sounds with the moments of their coefficients. */
  record Sounds(String name, Input.Audio input, Standardization standardization)
      implements FittedInput {
    @Override
    public Shape shape() {
      int coefficients = input.cepstrum().coefficients();
      return input.form() == Input.Form.IMAGE
          ? new Shape.Image(input.frames(), coefficients, 1)
          : new Shape.Sequence(input.frames(), coefficients);
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new AudioEncoder(input, standardization, schema);
    }

    @Override
    public ValueReader reader() {
      return ValueReader.floats(shape().size());
    }
  }

  /** Numbers with their moments. */
  record Numbers(String name, Input.Numbers input, Standardization standardization)
      implements FittedInput {
    @Override
    public Shape shape() {
      return new Shape.Flat(input.columns().size());
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new NumbersEncoder(input, standardization, schema);
    }

    @Override
    public ValueReader reader() {
      return ValueReader.floats(shape().size());
    }
  }
}

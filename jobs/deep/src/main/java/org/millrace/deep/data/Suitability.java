package org.millrace.deep.data;

import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.millrace.outcome.Stop;

/** Whether the columns of a table are of types that inputs and label can be made of. */
public final class Suitability {
  private Suitability() {}

  /**
   * Sees it by the schema alone, without rows.
   *
   * @throws Stop exit 2 where a column is absent or of a type that does not suit
   */
  public static void require(List<NamedInput> inputs, Label label, StructType schema) {
    inputs.forEach(input -> unfitted(input).encoder(schema));
    unfitted(label).encoder(schema);
  }

  /** With nothing learnt, which no encoder needs in order to look at types. */
  private static FittedInput unfitted(NamedInput named) {
    Input input = named.input();
    String name = named.name();
    if (input instanceof Input.Image image) {
      return new FittedInput.Images(name, image);
    } else if (input instanceof Input.Text text) {
      return new FittedInput.Texts(name, text, new Vocabulary(List.of()));
    } else if (input instanceof Input.Sequence sequence) {
      return new FittedInput.Sequences(name, sequence, Standardization.none(sequence.features()));
    } else if (input instanceof Input.Audio audio) {
      return new FittedInput.Sounds(
          name, audio, Standardization.none(audio.cepstrum().coefficients()));
    }
    Input.Numbers numbers = (Input.Numbers) input;
    return new FittedInput.Numbers(name, numbers, Standardization.none(numbers.columns().size()));
  }

  private static FittedLabel unfitted(Label label) {
    if (label instanceof Label.Classes classes) {
      return new FittedLabel.Classes(classes.column(), List.of(), List.of());
    }
    Label.Numbers numbers = (Label.Numbers) label;
    return new FittedLabel.Numbers(
        numbers.columns(), numbers.count(), Standardization.none(numbers.count()));
  }
}

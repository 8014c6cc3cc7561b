package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SequenceEncoderTest {
  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType STEPS = DataTypes.createArrayType(NUMBERS);

  private static FittedInput.Sequences sequence(int features, int maxSteps, String... columns) {
    return new FittedInput.Sequences(
        "input",
        new Input.Sequence(List.of(columns), features, maxSteps, true),
        new Standardization(
            List.of(1.0, 10.0).subList(0, features), List.of(2.0, 4.0).subList(0, features)));
  }

  private static Encoded nested(Object... steps) {
    return Tables.encode(sequence(2, 3, "s"), "s", STEPS, Tables.array(steps));
  }

  @Test
  void theThreeWaysToStoreASequenceGiveTheSameRecord() {
    // Standardized: (3 - 1) / 2 and so on.
    float[] expected = {1, 5, 2, 10, 0, 0};
    Encoded flat =
        Tables.encode(sequence(2, 3, "s"), "s", NUMBERS, Tables.array(3.0, 30.0, 5.0, 50.0));
    Encoded columns =
        Tables.encode(
            sequence(2, 3, "a", "b"),
            new StructType().add("a", NUMBERS).add("b", NUMBERS),
            Tables.array(3.0, 5.0),
            Tables.array(30.0, 50.0));
    for (Encoded encoded :
        List.of(nested(Tables.array(3.0, 30.0), Tables.array(5.0, 50.0)), flat, columns)) {
      assertThat(Tables.integers(encoded)[0]).isEqualTo(2);
      assertThat(Tables.floats(encoded, Integer.BYTES)).isEqualTo(expected);
    }
  }

  @Test
  void theFirstStepsOfLongSequencesCount() {
    Object step = Tables.array(3.0, 30.0);
    assertThat(Tables.integers(nested(step, step, step, step))[0]).isEqualTo(3);
  }

  @Test
  void sequencesOfAnotherShapeAreRefused() {
    assertThat(Tables.refusal(nested()).rule()).isEqualTo(Refusal.Rule.SEQUENCE_PRESENT);
    assertThat(Tables.refusal(Tables.encode(sequence(2, 3, "s"), "s", STEPS, null)).rule())
        .isEqualTo(Refusal.Rule.SEQUENCE_PRESENT);
    assertThat(Tables.refusal(nested(Tables.array(3.0, 30.0), Tables.array(5.0))).reason())
        .isEqualTo("step 1 of s has 1 features, not 2");
    assertThat(Tables.refusal(nested(Tables.array(3.0, 30.0), (Object) null)).reason())
        .isEqualTo("step 1 of s has no features, not 2");
    assertThat(
            Tables.refusal(
                    Tables.encode(sequence(2, 3, "s"), "s", NUMBERS, Tables.array(1.0, 2.0, 3.0)))
                .reason())
        .isEqualTo("s has 3 numbers, which is no multiple of 2 features");
    assertThat(
            Tables.refusal(
                    Tables.encode(
                        sequence(2, 3, "a", "b"),
                        new StructType().add("a", NUMBERS).add("b", NUMBERS),
                        Tables.array(1.0),
                        Tables.array(1.0, 2.0)))
                .reason())
        .isEqualTo("a has 1 steps, but b has 2");
  }

  @Test
  void whatIsNoFiniteNumberIsRefused() {
    for (Object value :
        new Object[] {Double.NaN, Double.POSITIVE_INFINITY, null, Double.MAX_VALUE}) {
      Refusal refusal = Tables.refusal(nested(Tables.array(3.0, 30.0), Tables.array(5.0, value)));
      assertThat(refusal.rule()).isEqualTo(Refusal.Rule.SEQUENCE_FINITE);
      assertThat(refusal.reason()).isEqualTo("step 1, feature 1 of s is " + value);
      Encoded numbers =
          Tables.encode(
              new FittedInput.Numbers(
                  "input", new Input.Numbers(List.of("x"), false), Standardization.none(1)),
              "x",
              DataTypes.DoubleType,
              value);
      assertThat(Tables.refusal(numbers))
          .isEqualTo(new Refusal(Refusal.Rule.NUMBERS_FINITE, "x is " + value));
    }
  }

  @Test
  void columnsThatDoNotSuitAreNamedBeforeAnyRow() {
    assertThatThrownBy(() -> Tables.encode(sequence(2, 3, "s"), "s", DataTypes.StringType, "x"))
        .hasMessage(
            "column s is of type STRING in its contract; needed is an array of numbers, or of arrays of them");
    assertThatThrownBy(() -> Tables.encode(sequence(2, 3, "s"), "t", NUMBERS, Tables.array()))
        .hasMessageContaining("column s is not in the table; its contract has [t]");
  }
}

package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.millrace.language.Analysis;
import org.millrace.testing.LocalSpark;

class EncodingFitterTest {
  private static final SparkSession SPARK = LocalSpark.session();

  /**
   * x is 1e6 + 0..99; the sequence of row i has 1 or 2 steps of i; classes 2, 10 and, ten times, 7.
   */
  private static final Dataset<Row> ROWS =
      SPARK
          .range(0, 100)
          .selectExpr(
              "1e6D + id as x",
              "if(id = 50, cast('NaN' as double), 3D) as constant",
              "if(id % 2 = 0, array(array(double(id))), array(array(double(id)), array(double(id)))) as steps",
              "case when id < 10 then 7 when id < 40 then 10 else 2 end as class",
              "concat('word', id % 3, ' all') as text",
              "array(double(id), 5D) as future")
          .repartition(3);

  private static Label.Classes classes(Label.ClassWeights weights) {
    return new Label.Classes("class", 10, weights);
  }

  private static Encoding fit(Input input, Label label) {
    return new EncodingFitter(ROWS).fit(List.of(new NamedInput("input", input)), label);
  }

  private static FittedLabel.Classes label(Label.ClassWeights weights) {
    Encoding encoding = fit(new Input.Numbers(List.of("x"), false), classes(weights));
    return (FittedLabel.Classes) encoding.label();
  }

  @Test
  void numbersAreStandardizedOverTheUsableRows() {
    Encoding encoding =
        fit(
            new Input.Numbers(List.of("x", "constant"), true),
            classes(new Label.ClassWeights.None()));
    Standardization fitted = ((FittedInput.Numbers) encoding.inputs().get(0)).standardization();
    // Of 0..99 without 50.
    assertThat(fitted.mean().get(0)).isCloseTo(1e6 + 4900 / 99.0, within(1e-3));
    double squares = 328350 - 2500 - 4900 * 4900 / 99.0;
    assertThat(fitted.deviation().get(0)).isCloseTo(Math.sqrt(squares / 99), within(1e-3));
    assertThat(fitted.mean().get(1)).isEqualTo(3);
    assertThat(fitted.deviation().get(1)).isEqualTo(1);
  }

  @Test
  void everyStepOfASequenceCounts() {
    Encoding encoding =
        fit(
            new Input.Sequence(List.of("steps"), 1, 5, true),
            classes(new Label.ClassWeights.None()));
    double odd = 2500;
    double even = 2450;
    assertThat(((FittedInput.Sequences) encoding.inputs().get(0)).standardization().mean().get(0))
        .isCloseTo((2 * odd + even) / 150, within(1e-9));
  }

  @Test
  void classesAreSortedAsNumbersAndWeighted() {
    assertThat(label(new Label.ClassWeights.None()).classes()).containsExactly("2", "7", "10");
    assertThat(label(new Label.ClassWeights.None()).weights()).containsExactly(1.0, 1.0, 1.0);
    assertThat(label(new Label.ClassWeights.Balanced()).weights())
        .containsExactly(100 / (3 * 60.0), 100 / (3 * 10.0), 100 / (3 * 30.0));
    assertThat(label(new Label.ClassWeights.Given(Map.of("10", 2.5))).weights())
        .containsExactly(1.0, 1.0, 2.5);
    assertThatThrownBy(() -> label(new Label.ClassWeights.Given(Map.of("8", 2.5))))
        .hasMessage("class weights name '8', but column class has the classes 2, 7, 10");
  }

  @Test
  void tooManyOrTooFewClassesAreRefused() {
    assertThatThrownBy(
            () ->
                fit(
                    new Input.Numbers(List.of("x"), false),
                    new Label.Classes("x", 10, new Label.ClassWeights.None())))
        .hasMessageContaining("column x has more than 10 different values in the training rows");
    assertThatThrownBy(
            () ->
                new EncodingFitter(ROWS.filter("class = 2"))
                    .fit(List.of(), classes(new Label.ClassWeights.None())))
        .hasMessageContaining(
            "column class has 1 different values in the training rows, such as 2");
  }

  @Test
  void numericLabelsAreStandardizedAndBroughtBack() {
    Encoding encoding =
        fit(new Input.Numbers(List.of("x"), false), new Label.Numbers(List.of("future"), 2, true));
    FittedLabel.Numbers label = (FittedLabel.Numbers) encoding.label();
    assertThat(label.standardization().mean().get(0)).isCloseTo(49.5, within(1e-9));
    assertThat(label.standardization().mean().get(1)).isEqualTo(5);
    assertThat(label.standardization().undo(0, label.standardization().apply(0, 12.5)))
        .isCloseTo(12.5, within(1e-9));
  }

  @Test
  void anEncodingIsReadFromItsTextAsItWas() {
    Input image =
        new Input.Image(
            1, 1, 1, new Pixels.Columns("x", 0, Pixels.Order.PLANAR), 1, List.of(0.5), List.of());
    Input text =
        new Input.Text(
            "text",
            new Analysis.English(true, false),
            5,
            new Words.Fitted(2, 1, Words.Count.TEXTS));
    Input audio =
        new Input.Audio(
            "a", 8000, 44, new Input.Cepstrum(13, 256, 128, 40), Input.Form.IMAGE, false);
    Encoding encoding =
        new EncodingFitter(ROWS)
            .fit(
                List.of(
                    new NamedInput("image", image),
                    new NamedInput("text", text),
                    new NamedInput("sound", audio),
                    new NamedInput("steps", new Input.Sequence(List.of("steps"), 1, 5, true)),
                    new NamedInput("numbers", new Input.Numbers(List.of("x"), true))),
                classes(new Label.ClassWeights.Balanced()));
    assertThat(((FittedInput.Texts) encoding.inputs().get(1)).vocabulary().words())
        .containsExactly("all", "word0");
    assertThat(Encoding.of(encoding.toJson(), "encoding.json")).isEqualTo(encoding);
    assertThatThrownBy(() -> Encoding.of("{\"inputs\": []}", "encoding.json"))
        .hasMessageContaining("encoding.json is not the encoding of a model");
  }
}

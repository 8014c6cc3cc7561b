package org.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.language.TextVectors.Places;
import org.millrace.language.TextVectors.TfIdf;
import org.millrace.language.TextVectors.TfIdf.UnknownWords;
import org.millrace.language.TextVectors.TfIdf.Weighting;

class TfIdfVectorsTest {
  private static final String[] TEXTS = {"tea tea milk", "milk", "bread and milk", null};

  private static FittedVectors fit(TfIdf how) {
    return how.fit(Texts.of(TEXTS), "text", Texts.PLAIN);
  }

  private static double[] sorted(double... values) {
    return Arrays.stream(values).sorted().toArray();
  }

  @Test
  void weightsAreThoseOfTheSmoothDefinition() {
    TfIdf how =
        new TfIdf(new Places.Vocabulary(100, 1), 1, Weighting.LINEAR, true, UnknownWords.IGNORED);
    SparseVector tea = fit(how).vector("tea tea milk milk coffee").toSparse();
    // Four texts: milk is in three of them, tea in one; coffee is not known.
    double ofTea = 2 * (Math.log(5.0 / 2) + 1);
    double ofMilk = 2 * (Math.log(5.0 / 4) + 1);
    double length = Math.hypot(ofTea, ofMilk);
    assertThat(sorted(tea.values()))
        .containsExactly(sorted(ofTea / length, ofMilk / length), within(1e-12));
    assertThat(fit(how).size()).isEqualTo(4);
    assertThat(fit(how).vector("coffee").numNonzeros()).isZero();
  }

  /** Coffee, twice, and sugar weigh as words that no text had; a pair of words is not one. */
  @Test
  void unknownWordsMayMakeATextLonger() {
    TfIdf how =
        new TfIdf(new Places.Vocabulary(100, 1), 2, Weighting.LINEAR, true, UnknownWords.COUNTED);
    FittedVectors fitted = fit(how);
    SparseVector order = fitted.vector("milk coffee coffee sugar").toSparse();
    double strange = Math.hypot(2, 1) * (Math.log(5.0) + 1);
    double ofMilk = Math.log(5.0 / 4) + 1;
    double length = Math.hypot(strange, ofMilk);
    assertThat(order.indices()[order.indices().length - 1]).isEqualTo(fitted.size() - 1);
    assertThat(order.values())
        .containsExactly(new double[] {ofMilk / length, strange / length}, within(1e-12));
    assertThat(fitted.termPlaces()).isEqualTo(fitted.size());
    assertThat(fitted.terms())
        .hasSize(fitted.size() - 1)
        .allSatisfy(
            term ->
                assertThat(fitted.wordPlaces().get(fitted.terms().indexOf(term)))
                    .isEqualTo(!term.term().contains(" ")));
    assertThat(fitted.wordPlaces().get(fitted.size() - 1)).isTrue();
    assertThat(fitted.vector("milk").numNonzeros()).isEqualTo(1);
  }

  @Test
  void frequencyMayCountByItsLogarithmAndRareTermsBeLeftOut() {
    TfIdf how =
        new TfIdf(
            new Places.Vocabulary(100, 3), 1, Weighting.LOGARITHMIC, false, UnknownWords.IGNORED);
    assertThat(fit(how).size()).isEqualTo(1);
    TfIdf both =
        new TfIdf(
            new Places.Vocabulary(100, 1), 1, Weighting.LOGARITHMIC, false, UnknownWords.IGNORED);
    double[] values = fit(both).vector("tea tea tea milk").toSparse().values();
    double three = 1 + Math.log(3);
    assertThat(sorted(values))
        .containsExactly(
            sorted(three / Math.hypot(three, 1), 1 / Math.hypot(three, 1)), within(1e-12));
  }

  @Test
  void theVocabularyHasTheTermsOfMostTextsAndPairsIfAskedFor() {
    TfIdf how =
        new TfIdf(new Places.Vocabulary(2, 1), 2, Weighting.LINEAR, true, UnknownWords.IGNORED);
    TfIdfVectors fitted = (TfIdfVectors) fit(how);
    // milk is in three texts; of those in one, "and" comes first.
    assertThat(((Terms.Known) fitted.places()).terms()).containsExactly("milk", "and");
    assertThat(new Grams(Texts.PLAIN, 3).of("a b c d"))
        .containsExactly("a", "b", "c", "d", "a b", "b c", "c d", "a b c", "b c d");
  }

  @Test
  void hashedPlacesTellTheSameAsAVocabularyWhereNoTermsCollide() {
    TfIdf hashed =
        new TfIdf(new Places.Hashed(1 << 18), 2, Weighting.LINEAR, true, UnknownWords.IGNORED);
    TfIdf known =
        new TfIdf(new Places.Vocabulary(1000, 1), 2, Weighting.LINEAR, true, UnknownWords.IGNORED);
    for (String text : TEXTS) {
      double[] one = fit(hashed).vector(text == null ? "" : text).toSparse().values();
      double[] other = fit(known).vector(text == null ? "" : text).toSparse().values();
      assertThat(sorted(one)).containsExactly(sorted(other), within(1e-12));
    }
  }

  @Test
  void rowsKeepTheirOrderAndWhatIsStoredReadsBackTheSame(@TempDir Path folder) {
    FittedVectors fitted =
        fit(
            new TfIdf(
                new Places.Vocabulary(100, 1),
                2,
                Weighting.LOGARITHMIC,
                true,
                UnknownWords.IGNORED));
    var target = new org.apache.hadoop.fs.Path(folder.toUri());
    VectorFiles.write(target, fitted, new Configuration());
    FittedVectors again = VectorFiles.read(target, new Configuration());
    List<Row> rows = again.append(Texts.of(TEXTS), "text", "vector").collectAsList();
    for (int i = 0; i < TEXTS.length; i++) {
      assertThat(rows.get(i).getString(0)).isEqualTo(TEXTS[i]);
      Vector expected = fitted.vector(TEXTS[i] == null ? "" : TEXTS[i]);
      assertThat(rows.get(i).<Vector>getAs("vector")).isEqualTo(expected);
    }
  }
}

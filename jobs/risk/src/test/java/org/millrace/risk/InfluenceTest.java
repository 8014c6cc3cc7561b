package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.risk.explain.Background;
import org.millrace.risk.explain.Reasons;
import org.millrace.risk.features.ColumnKind;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.features.FeatureColumn;
import org.millrace.risk.features.FeaturesConfig;
import org.millrace.risk.model.LinearPredictor;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;
import org.millrace.testing.LocalSpark;

class InfluenceTest {
  private static final float[][] ROWS = {{0, 1}, {2, 3}, {4, -1}, {6, 1}};

  /** y = 3 x - z. */
  private static RiskModel model() {
    var rows =
        LocalSpark.session()
            .createDataFrame(
                List.of(RowFactory.create(0.0, 1.0), RowFactory.create(2.0, 3.0)),
                new StructType().add("x", DataTypes.DoubleType).add("z", DataTypes.DoubleType));
    var encoder =
        new EncodingFitter(
                new FeaturesConfig(
                    List.of(), java.util.Map.of(), 2, 1, 0, java.util.Optional.empty(), 1))
            .fit(
                rows,
                List.of(
                    new FeatureColumn("x", ColumnKind.NUMERIC),
                    new FeatureColumn("z", ColumnKind.NUMERIC)))
            .encoder();
    return new RiskModel(
        encoder,
        new LinearPredictor(
            new double[] {0}, new double[][] {{3, -1}}, new double[1][2], new double[] {3, 1}),
        Link.IDENTITY,
        new FittedLabel("y", Task.REGRESSION, List.of(), List.of(8.0)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void importanceIsTheMeanDistanceThatAColumnMoves() {
    RiskModel model = model();
    double[] importance =
        new Influence(model, ROWS)
            .importance(
                new Reasons.Method.Shap(1, 1).explainer(model.predictor(), new Background(ROWS)));
    // |3 (x - 3)| over x = 0, 2, 4, 6 and |z - 1| over z = 1, 3, -1, 1.
    assertThat(importance).containsExactly(new double[] {6, 1}, within(1e-9));
  }

  @Test
  void partialDependenceOfALineIsItsSlope() {
    Influence influence = new Influence(model(), ROWS);
    assertThat(influence.averages(0, 10)[0]).isCloseTo(30 - 1, within(1e-5));
    assertThat(influence.averages(1, 5)[0]).isCloseTo(9 - 5, within(1e-5));
  }
}

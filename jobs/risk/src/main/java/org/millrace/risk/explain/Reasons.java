package org.millrace.risk.explain;

import org.millrace.config.Check;
import org.millrace.risk.model.BlendPredictor;
import org.millrace.risk.model.LinearPredictor;
import org.millrace.risk.model.Predictor;
import org.millrace.risk.trees.Trees;

/**
 * Which reasons scores carry.
 *
 * @param top columns that are told of a row, 0 for none
 */
public record Reasons(int top, Method method) {

  public Reasons {
    Check.that(top >= 0 && top <= 1000, "top", top, "0 to 1000 columns");
  }

  /** How contributions are found. */
  public sealed interface Method {

    /** Contributions to what a predictor says. */
    Explainer explainer(Predictor predictor, Background background);

    /**
     * Shapley values: exact for trees and weighted sums, sampled for others.
     *
     * @param pairs of orders of the features a background row, where they are sampled
     */
    record Shap(int pairs, long seed) implements Method {
      public Shap {
        Check.that(pairs >= 1 && pairs <= 1000, "pairs", pairs, "1 to 1000");
      }

      @Override
      public Explainer explainer(Predictor predictor, Background background) {
        if (predictor instanceof BlendPredictor blend) {
          return new BlendShap(
              blend.parts().stream().map(part -> explainer(part, background)).toList(),
              blend.slopes(),
              blend.intercept());
        }
        if (predictor instanceof Trees trees) {
          return new TreeShap(trees);
        }
        return predictor instanceof LinearPredictor linear
            ? new LinearShap(linear)
            : new SampledShapley(predictor, background, pairs, seed);
      }
    }

    /**
     * Weights of a linear model of the neighbourhood; they do not add up to the raw score.
     *
     * @param neighbours that are scored for a row
     */
    record Lime(int neighbours, long seed) implements Method {
      public Lime {
        Check.that(
            neighbours >= 10 && neighbours <= 100_000, "neighbours", neighbours, "10 to 100000");
      }

      @Override
      public Explainer explainer(Predictor predictor, Background background) {
        return new org.millrace.risk.explain.Lime(predictor, background, neighbours, seed);
      }
    }
  }
}

package org.millrace.risk.boost;

import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The rounds of boosting, by the native library. */
final class Boosting {

  private Boosting() {}

  /**
   * Boosts. In a group of workers all must call it; each gives the same model.
   *
   * @param validation rows that tell when to stop; null without
   */
  static Boosted boost(BoostingPlan plan, int threads, DMatrix train, DMatrix validation)
      throws XGBoostError {
    // No round yet: this only makes a booster that knows both tables.
    Map<String, DMatrix> watched = validation == null ? Map.of() : Map.of("valid", validation);
    Booster booster =
        XGBoost.train(train, plan.onThreads(threads), 0, watched, null, null, null, 0);
    try {
      return rounds(plan, booster, train, validation);
    } finally {
      booster.dispose();
    }
  }

  private static Boosted rounds(
      BoostingPlan plan, Booster booster, DMatrix train, DMatrix validation) throws XGBoostError {
    int best = validation == null ? plan.rounds() : 0;
    double least = validation == null ? Double.NaN : Double.POSITIVE_INFINITY;
    for (int round = 0; round < plan.rounds(); round++) {
      booster.update(train, round);
      if (validation == null) {
        continue;
      }
      double error = error(booster, validation, round);
      if (error < least) {
        least = error;
        best = round + 1;
      } else if (plan.patience() > 0 && round + 1 - best >= plan.patience()) {
        break;
      }
    }
    return new Boosted(booster.toByteArray("json"), Math.max(1, best), least);
  }

  private static double error(Booster booster, DMatrix validation, int round) throws XGBoostError {
    String told = booster.evalSet(new DMatrix[] {validation}, new String[] {"valid"}, round);
    return Double.parseDouble(told.substring(told.lastIndexOf(':') + 1));
  }
}

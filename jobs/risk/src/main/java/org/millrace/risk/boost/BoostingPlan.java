package org.millrace.risk.boost;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to boost and when to stop.
 *
 * @param parameters of XGBoost by its own names
 * @param rounds at the most
 * @param patience rounds without gain on the validation rows after which it ends; 0 for never
 * @param width features of a row
 */
public record BoostingPlan(TreeMap<String, String> parameters, int rounds, int patience, int width)
    implements Serializable {

  @SuppressWarnings("NonApiType") // Kept sorted and serializable.
  public BoostingPlan {
    parameters = new TreeMap<>(parameters);
  }

  /** Parameters with those that only the place of the training knows. */
  Map<String, Object> onThreads(int threads) {
    Map<String, Object> all = new TreeMap<>(parameters);
    all.put("nthread", threads);
    return all;
  }
}

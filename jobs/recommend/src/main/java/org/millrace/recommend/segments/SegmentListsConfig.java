package org.millrace.recommend.segments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.eval.Holdout;
import org.millrace.model.Gate;
import org.millrace.recommend.evaluate.RankingEvaluation;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.input.FinalFit;

/**
 * How segments make lists of items; defaults and meanings are in {@code reference.conf}.
 *
 * @param shrinkage users of all that a segment's shares are mixed with, see {@link SegmentLists}
 * @param k lengths of lists, each at least 1
 */
public record SegmentListsConfig(
    double shrinkage,
    Holdout holdout,
    List<Integer> k,
    Optional<Double> relevantFrom,
    FinalFit finalFit,
    Optional<Gate> gate) {

  public SegmentListsConfig {
    Check.that(shrinkage >= 0 && shrinkage <= 1e9, "shrinkage", shrinkage, "0 to 1e9 users");
    RankingQuality.check(k, RankingEvaluation.names(k), gate);
  }

  /** The columns that events need. */
  List<String> columns() {
    List<String> needs = new ArrayList<>(List.of("user", "item"));
    if (!(holdout instanceof Holdout.Fraction)) {
      needs.add("timestamp");
    }
    return needs;
  }
}

package org.millrace.recommend.neighbour;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.eval.Holdout;
import org.millrace.model.Gate;
import org.millrace.recommend.evaluate.RankingEvaluation;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.neighbour.Neighbours.Between;
import org.millrace.table.TableRef;

/**
 * The keys of {@link TrainNeighbours}; defaults and meanings are in {@code reference.conf}.
 *
 * @param k lengths of lists, each at least 1
 */
public record NeighboursConfig(
    TableRef ratings,
    Between between,
    Values values,
    Similarity similarity,
    NeighbourSearch search,
    Holdout holdout,
    List<Integer> k,
    Optional<Double> relevantFrom,
    FinalFit finalFit,
    Optional<Gate> gate) {

  public NeighboursConfig {
    RankingQuality.check(k, RankingEvaluation.names(k), gate);
  }

  List<String> columns() {
    List<String> needs = new ArrayList<>(List.of("user", "item"));
    if (values != Values.BINARY) {
      needs.add("rating");
    }
    if (!(holdout instanceof Holdout.Fraction)) {
      needs.add("timestamp");
    }
    return needs;
  }
}

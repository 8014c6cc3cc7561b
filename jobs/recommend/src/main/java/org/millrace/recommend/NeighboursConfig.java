package org.millrace.recommend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.eval.Holdout;
import org.millrace.model.Gate;
import org.millrace.recommend.neighbour.NeighbourSearch;
import org.millrace.recommend.neighbour.Neighbours.Between;
import org.millrace.recommend.neighbour.Neighbours.Values;
import org.millrace.recommend.neighbour.Similarity;
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
    TrainAlsConfig.FinalFit finalFit,
    Optional<Gate> gate) {

  public NeighboursConfig {
    Check.that(
        !k.isEmpty() && k.stream().allMatch(length -> length >= 1 && length <= 10_000),
        "k",
        k,
        "a list of whole numbers in 1..10000");
    List<String> measured = RankingEvaluation.names(k);
    gate.ifPresent(
        g ->
            Check.that(
                measured.contains(g.metric()),
                "gate",
                g.metric(),
                "a gate on one of " + String.join(", ", measured)));
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

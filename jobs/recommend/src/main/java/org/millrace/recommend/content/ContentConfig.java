package org.millrace.recommend.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.eval.Holdout;
import org.millrace.job.NamedTable;
import org.millrace.model.Gate;
import org.millrace.recommend.evaluate.RankingEvaluation;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.Values;
import org.millrace.table.TableRef;

/**
 * The keys of {@link TrainContent}; defaults and meanings are in {@code reference.conf}.
 *
 * @param k lengths of lists, each at least 1
 */
public record ContentConfig(
    TableRef ratings,
    TableRef items,
    List<ItemFeature> features,
    Values values,
    Holdout holdout,
    List<Integer> k,
    Optional<Double> relevantFrom,
    FinalFit finalFit,
    Optional<Gate> gate) {

  public ContentConfig {
    ItemFeature.check(features);
    RankingQuality.check(k, RankingEvaluation.names(k), gate);
  }

  NamedTable ratingsTable() {
    List<String> needs = new ArrayList<>(List.of("user", "item"));
    if (values != Values.BINARY) {
      needs.add("rating");
    }
    if (!(holdout instanceof Holdout.Fraction)) {
      needs.add("timestamp");
    }
    return new NamedTable("ratings", ratings, needs);
  }

  NamedTable itemsTable() {
    return new NamedTable(
        "items",
        items,
        Stream.concat(Stream.of("item"), features.stream().map(ItemFeature::column))
            .distinct()
            .toList());
  }
}

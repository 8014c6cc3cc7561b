package org.millrace.recommend.blend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.eval.Holdout;
import org.millrace.job.NamedTable;
import org.millrace.model.Gate;
import org.millrace.recommend.als.Als;
import org.millrace.recommend.als.AlsParams;
import org.millrace.recommend.content.Content;
import org.millrace.recommend.content.ItemFeature;
import org.millrace.recommend.evaluate.RankingEvaluation;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.FinalFit;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.neighbour.NeighbourSearch;
import org.millrace.recommend.neighbour.Neighbours;
import org.millrace.recommend.neighbour.Similarity;
import org.millrace.table.TableRef;

/**
 * The keys of {@link TrainBlend}; defaults and meanings are in {@code reference.conf}.
 *
 * @param k lengths of lists, each at least 1
 */
public record BlendConfig(
    TableRef ratings,
    Optional<AlsMember> als,
    Optional<NeighbourMember> neighbours,
    Optional<ContentMember> content,
    int candidates,
    double step,
    int at,
    Holdout holdout,
    List<Integer> k,
    Optional<Double> relevantFrom,
    FinalFit finalFit,
    Optional<Gate> gate) {
  /** Factors of implicit feedback, which rank well. */
  public record AlsMember(
      int rank, double regularization, double alpha, int iterations, int blocks, long seed) {
    public AlsMember {
      Check.that(rank >= 1 && rank <= 1024, "rank", rank, "a whole number in 1..1024");
      Check.that(
          regularization >= 0 && regularization <= 1e9, "regularization", regularization, "0..1e9");
      Check.that(alpha > 0 && alpha <= 1e9, "alpha", alpha, "above 0, at most 1e9");
      Check.that(iterations >= 1 && iterations <= 1000, "iterations", iterations, "1..1000");
      Check.that(blocks >= 1 && blocks <= 10_000, "blocks", blocks, "1..10000");
    }

    Member member() {
      return new Member(
          "als",
          train ->
              Als.fit(
                  train,
                  new Feedback.Implicit(alpha, Optional.empty()),
                  new AlsParams(rank, regularization, iterations, blocks, seed, false)));
    }
  }

  /** Similar items or users, as recommend.neighbours. */
  public record NeighbourMember(
      Neighbours.Between between, Values values, Similarity similarity, NeighbourSearch search) {
    Member member() {
      return new Member(
          "neighbours",
          train ->
              new Neighbours(between, values, similarity, search)
                  .fit(train, Popularity.counts(train)));
    }
  }

  /** Features of items, as recommend.content. */
  public record ContentMember(TableRef items, List<ItemFeature> features, Values values) {
    public ContentMember {
      ItemFeature.check(features);
    }

    NamedTable table() {
      return new NamedTable(
          "content.items",
          items,
          Stream.concat(Stream.of("item"), features.stream().map(ItemFeature::column))
              .distinct()
              .toList());
    }

    Member member(Dataset<Row> rows) {
      return new Member(
          "content",
          train -> new Content(features, values).fit(train, rows, Popularity.counts(train)));
    }
  }

  public BlendConfig {
    int members =
        (als.isPresent() ? 1 : 0)
            + (neighbours.isPresent() ? 1 : 0)
            + (content.isPresent() ? 1 : 0);
    Check.that(
        members >= 1,
        "members",
        members,
        "at least one of the blocks als, neighbours and content (als {} takes its defaults); popularity is always among them");
    Check.that(candidates >= 1 && candidates <= 100_000, "candidates", candidates, "1..100000");
    Check.that(
        step >= 0.01 && step <= 1 && Math.abs(Math.rint(1 / step) - 1 / step) < 1e-9,
        "step",
        step,
        "1 divided by a whole number, 0.01 to 1");
    int tried = Weights.combinations(members + 1, (int) Math.rint(1 / step));
    Check.that(
        tried <= Weights.MOST,
        "step",
        step,
        "at most %d combinations of weights, these are %d".formatted(Weights.MOST, tried));
    Check.that(at >= 1 && at <= candidates, "at", at, "1 to candidates");
    RankingQuality.check(k, RankingEvaluation.names(k), gate);
    Check.that(
        k.stream().allMatch(length -> length <= candidates),
        "k",
        k,
        "lengths of at most candidates (%d)".formatted(candidates));
  }

  NamedTable ratingsTable() {
    List<String> needs = new ArrayList<>(List.of("user", "item"));
    if (!(holdout instanceof Holdout.Fraction)) {
      needs.add("timestamp");
    }
    return new NamedTable("ratings", ratings, needs);
  }
}

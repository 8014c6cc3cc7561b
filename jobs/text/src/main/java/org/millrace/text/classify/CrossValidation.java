package org.millrace.text.classify;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Metric;
import org.millrace.language.Analysis;
import org.millrace.language.FittedVectors;
import org.millrace.language.TextVectors;

/**
 * Judges candidates on folds: vectors and classifier of each are learnt from the other folds alone.
 *
 * @param folds 2 or more
 * @param metric of {@link ClassificationTally#names} that chooses
 */
public record CrossValidation(int folds, String metric, Analysis analysis) {

  /**
   * What a candidate showed on rows that it was not learnt from.
   *
   * @param tally over all folds
   */
  public record Trial(Candidate candidate, ClassificationTally tally) {
    public Metric metric(String name) {
      return tally.metrics().stream()
          .filter(m -> m.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no metric " + name));
    }
  }

  /** The trials of the candidates, in their order. */
  public List<Trial> trials(Dataset<Row> rows, int classes, List<Candidate> candidates) {
    ClassificationTally[] tallies = new ClassificationTally[candidates.size()];
    Map<TextVectors, List<Integer>> byVectors = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      byVectors.computeIfAbsent(candidates.get(i).vectors(), v -> new ArrayList<>()).add(i);
    }
    byVectors.forEach(
        (vectors, users) -> {
          for (int fold = 0; fold < folds; fold++) {
            try (Round round = Round.of(rows, fold, vectors, analysis)) {
              List<ClassificationTally> told =
                  AtOnce.all(
                      rows.sparkSession().sparkContext().defaultParallelism(),
                      users,
                      i ->
                          Measurement.of(
                              round.test(),
                              candidates.get(i).learner().fit(round.train(), classes, vectors)));
              for (int u = 0; u < users.size(); u++) {
                int i = users.get(u);
                tallies[i] = tallies[i] == null ? told.get(u) : tallies[i].merge(told.get(u));
              }
            }
          }
        });
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < tallies.length; i++) {
      trials.add(new Trial(candidates.get(i), tallies[i]));
    }
    return trials;
  }

  /** The best trial; of equal ones the first. */
  public Trial best(List<Trial> trials) {
    Trial best = trials.get(0);
    for (Trial trial : trials) {
      if (trial.metric(metric).gainOver(best.metric(metric).value()) > 0) {
        best = trial;
      }
    }
    return best;
  }

  /**
   * A fold's rows and the others, with vectors learnt from the others.
   *
   * @param vectorized both together, cached
   */
  record Round(Dataset<Row> vectorized, int fold) implements AutoCloseable {

    static Round of(Dataset<Row> rows, int fold, TextVectors vectors, Analysis analysis) {
      FittedVectors fitted =
          vectors.fit(rows.filter(col(Examples.FOLD).notEqual(fold)), Examples.TEXT, analysis);
      return new Round(
          fitted
              .append(rows, Examples.TEXT, Examples.VECTOR)
              .drop(Examples.TEXT)
              .persist(StorageLevel.MEMORY_AND_DISK()),
          fold);
    }

    Dataset<Row> train() {
      return vectorized.filter(col(Examples.FOLD).notEqual(fold));
    }

    Dataset<Row> test() {
      return vectorized.filter(col(Examples.FOLD).equalTo(fold));
    }

    @Override
    public void close() {
      vectorized.unpersist();
    }
  }
}

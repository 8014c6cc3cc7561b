package org.millrace.risk;

import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Split;
import org.millrace.risk.choose.Trial;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.learn.Fitted;
import org.millrace.table.CheckedTable;

/**
 * What was chosen learns once more, from rows that were held out too: of rows in time the newest
 * ones are most like those that are to be scored. How features are made, and what is done to
 * probabilities, stays as it was measured.
 */
final class Refit {
  /** Of no fold: they have the encoder of all training rows, which was made without them. */
  private static final int NO_FOLD = -1;

  private final CheckedTable input;
  private final FittedLabel label;
  private final TrainConfig config;

  Refit(CheckedTable input, FittedLabel label, TrainConfig config) {
    this.input = input;
    this.label = label;
    this.config = config;
  }

  /**
   * Learns.
   *
   * @param train rows that were learnt from, with their folds
   * @param whole all rows with a label, in which those that were held out are
   */
  Fitted fit(Trial chosen, EncodingFitter.Encoded encoded, Dataset<Row> train, Split whole) {
    Dataset<Row> others =
        config
            .timeSeries()
            .map(series -> SeriesSplit.others(whole, series.column()))
            .orElse(whole.test());
    Dataset<Row> numbered =
        Labelling.numbered(others, input, label, config.timeSeries())
            .withColumn(Examples.FOLD, lit(NO_FOLD))
            .withColumn(Examples.KNOWN, lit(NO_FOLD));
    Examples all = Encoding.cached(train.unionByName(numbered), encoded, label);
    try {
      return config
          .balance()
          .learn(
              all,
              config.seed(),
              rows -> chosen.settled().fit(rows, Optional.empty(), config.seed()));
    } finally {
      all.rows().unpersist();
    }
  }
}

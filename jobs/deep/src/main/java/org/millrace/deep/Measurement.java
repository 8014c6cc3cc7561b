package org.millrace.deep;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.deep.data.Encoded;
import org.millrace.deep.data.FittedLabel;
import org.millrace.deep.data.ShardReader;
import org.millrace.deep.data.Shards;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.ErrorTally;

/**
 * What a network said of labelled rows, tallied in one pass. Of any number of rows only the tallies
 * and a few examples reach the driver.
 */
final class Measurement implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EXAMPLES = 24;

  private final ClassificationTally classes;
  private final ErrorTally errors;
  private final ErrorTally naive;
  private final List<Example> mistakes = new ArrayList<>();
  private final Map<String, Long> refused = new TreeMap<>();

  /** A row that was taken for another class; no record, since Kryo writes task results. */
  static final class Example implements Serializable {
    private static final long serialVersionUID = 1L;

    final byte[] record;
    final int truth;
    final int predicted;
    final float probability;

    private Example(byte[] record, int truth, int predicted, float probability) {
      this.record = record;
      this.truth = truth;
      this.predicted = predicted;
      this.probability = probability;
    }
  }

  private Measurement(FittedLabel label) {
    this.classes =
        label instanceof FittedLabel.Classes ? new ClassificationTally(label.outputs()) : null;
    this.errors = new ErrorTally();
    this.naive = new ErrorTally();
  }

  /** Lets a model predict rows that have a label. Rows that cannot be encoded are counted apart. */
  static Measurement of(Dataset<Row> rows, NetworkModel.Shipped model, Baseline baseline) {
    StructType schema = rows.schema();
    return rows.javaRDD()
        .mapPartitions(
            part ->
                List.of(tally(PredictingIterator.of(part, schema, model, true), model, baseline))
                    .iterator())
        .treeReduce(Measurement::merge);
  }

  /**
   * Lets a model predict examples that were written before.
   *
   * @param baseline that needs no rows
   */
  static Measurement of(
      Shards examples, NetworkModel.Shipped model, Baseline baseline, SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int parts = (int) Math.min(examples.records(), context.defaultParallelism());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    return context
        .parallelize(IntStream.range(0, parts).boxed().toList(), parts)
        .map(part -> tally(examples, part, parts, hadoop, model, baseline))
        .treeReduce(Measurement::merge);
  }

  private static Measurement tally(
      Shards examples,
      int part,
      int parts,
      SerializableConfiguration hadoop,
      NetworkModel.Shipped model,
      Baseline baseline)
      throws IOException {
    try (ShardReader reader = ShardReader.of(examples, part, parts, hadoop.value())) {
      return tally(PredictingIterator.of(reader, model), model, baseline);
    }
  }

  private static Measurement tally(
      Iterator<Prediction> predictions, NetworkModel.Shipped model, Baseline baseline) {
    FittedLabel label = model.encoding().label();
    Measurement measurement = new Measurement(label);
    while (predictions.hasNext()) {
      measurement.add(predictions.next(), label, baseline);
    }
    return measurement;
  }

  private void add(Prediction prediction, FittedLabel label, Baseline baseline) {
    if (prediction.encoded() instanceof Encoded.Refused r) {
      refused.merge(r.refusal().rule().id(), 1L, Long::sum);
    } else if (label instanceof FittedLabel.Numbers numbers) {
      for (int i = 0; i < numbers.count(); i++) {
        double truth = numbers.standardization().undo(i, prediction.targets()[i]);
        errors.add(truth, numbers.standardization().undo(i, prediction.outputs()[i]));
        naive.add(truth, baseline.of(prediction.row(), i, numbers));
      }
    } else {
      int truth = (int) prediction.targets()[0];
      classes.add(truth, prediction.outputs());
      int predicted = ClassificationTally.argMax(prediction.outputs());
      if (predicted != truth
          && mistakes.size() < EXAMPLES
          && prediction.encoded() instanceof Encoded.Example example) {
        mistakes.add(
            new Example(example.record(), truth, predicted, prediction.outputs()[predicted]));
      }
    }
  }

  private Measurement merge(Measurement other) {
    if (classes != null) {
      classes.merge(other.classes);
    }
    errors.merge(other.errors);
    naive.merge(other.naive);
    for (Example example : other.mistakes) {
      if (mistakes.size() < EXAMPLES) {
        mistakes.add(example);
      }
    }
    other.refused.forEach((rule, rows) -> refused.merge(rule, rows, Long::sum));
    return this;
  }

  /** Of a network that tells classes. */
  ClassificationTally classes() {
    return classes;
  }

  /** Of a network that tells numbers, in their own unit. */
  ErrorTally errors() {
    return errors;
  }

  /** Errors of the baseline on the same rows. */
  ErrorTally naive() {
    return naive;
  }

  List<Example> mistakes() {
    return mistakes;
  }

  /** Rows of which no example could be made, by the rule that they broke. */
  Map<String, Long> refused() {
    return refused;
  }
}

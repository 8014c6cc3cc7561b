package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.data.EncodingFitter;
import org.millrace.deep.data.Input;
import org.millrace.deep.data.Label;
import org.millrace.deep.data.NamedInput;
import org.millrace.deep.data.ShardWriter;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Decay;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.LearningRate;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;
import org.millrace.eval.Metric;
import org.millrace.testing.LocalSpark;

/** Measured on the examples that were written before training, or on the rows that they are of. */
class MeasurementTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("x", DataTypes.DoubleType)
          .add("y", DataTypes.DoubleType)
          .add("side", DataTypes.StringType)
          .add("sum", DataTypes.DoubleType);

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;

  private Dataset<Row> rows() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 301; i++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      rows.add(RowFactory.create(x, i == 7 ? Double.NaN : y, x > y ? "a" : "b", x + y));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(3);
  }

  /** By rows, then by examples. */
  private List<Measurement> measured(Label label, Task task) {
    NamedInput input = new NamedInput("point", new Input.Numbers(List.of("x", "y"), true));
    Dataset<Row> rows = rows();
    Encoding encoding = new EncodingFitter(rows).fit(List.of(input), label);
    Network network =
        new Network(
            List.of(new NetworkInput("point", encoding.inputs().get(0).shape())),
            new Architecture.Layers(List.of(new Layer.Dense(4, Activation.RELU))),
            task);
    Optimization optimization =
        new Optimization(
            new Updater.Adam(0.9, 0.999, 1e-8),
            new LearningRate(0.001, 0, new Decay.Constant()),
            new Clipping.None(),
            0,
            WeightInit.HE_UNIFORM,
            Precision.FLOAT);
    NetworkModel model = new NetworkModel(encoding, new Dl4jEngine(network, optimization, 3, 1));
    ShardWriter.Written written =
        new ShardWriter(encoding, new org.apache.hadoop.fs.Path(folder.toUri()), 1, rows.count())
            .write(rows);
    try (NetworkModel.Shipped shipped = model.ship(spark, folder.toString(), 32)) {
      return List.of(
          Measurement.of(rows, shipped, new Baseline.Mean()),
          Measurement.of(written.shards(), shipped, new Baseline.Mean(), spark));
    }
  }

  @Test
  void classesAreMeasuredAlike() {
    List<Measurement> measured =
        measured(new Label.Classes("side", 10, new Label.ClassWeights.None()), new Task.Classes(2));

    assertThat(measured.get(0).refused()).containsValue(1L);
    assertThat(measured.get(1).refused()).isEmpty();
    assertThat(measured.get(1).mistakes()).isNotEmpty();
    assertThat(measured.get(1).classes().rows()).isEqualTo(300);
    assertAlike(measured.get(1).classes().metrics(), measured.get(0).classes().metrics());
  }

  @Test
  void numbersAreMeasuredAlike() {
    List<Measurement> measured =
        measured(new Label.Numbers(List.of("sum"), 1, true), new Task.Numbers(1, Task.Loss.MSE));

    assertThat(measured.get(1).errors().pairs()).isEqualTo(300);
    assertAlike(measured.get(1).errors().metrics(), measured.get(0).errors().metrics());
    assertAlike(measured.get(1).naive().metrics(), measured.get(0).naive().metrics());
  }

  /** But for the order of sums. */
  private static void assertAlike(List<Metric> metrics, List<Metric> others) {
    assertThat(metrics).hasSameSizeAs(others).isNotEmpty();
    for (int i = 0; i < metrics.size(); i++) {
      assertThat(metrics.get(i).name()).isEqualTo(others.get(i).name());
      assertThat(metrics.get(i).value()).isEqualTo(others.get(i).value(), within(1e-9));
    }
  }
}

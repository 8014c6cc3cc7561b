package org.millrace.deep;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.net.NetworkJson;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.table.Contract;

/**
 * A trained network as it stands in the model store: how rows become examples ({@code
 * encoding.json}), the network ({@code network.json}), how it learnt ({@code optimization.json})
 * and its parameters with the updater's state ({@code parameters.bin}).
 *
 * @param state what {@link Replica#load} reads
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares models.
record NetworkModel(Encoding encoding, Dl4jEngine engine, byte[] state) {
  /** The kind of the models of this family. */
  static final String KIND = "network";

  private static final String ENCODING = "encoding.json";
  private static final String NETWORK = "network.json";
  private static final String OPTIMIZATION = "optimization.json";
  private static final String PARAMETERS = "parameters.bin";

  /** Writes the files into a folder. */
  void write(Path folder, Configuration hadoop) {
    write(folder, ENCODING, encoding.toJson().getBytes(StandardCharsets.UTF_8), hadoop);
    write(folder, NETWORK, NetworkJson.write(engine.network()), hadoop);
    write(folder, OPTIMIZATION, NetworkJson.write(engine.optimization()), hadoop);
    write(folder, PARAMETERS, state, hadoop);
  }

  private static void write(Path folder, String name, byte[] bytes, Configuration hadoop) {
    Path file = new Path(folder, name);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, false)) {
      out.write(bytes);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be written: %s", file, e.getMessage()).because(e);
    }
  }

  /** Reads a version that was verified. */
  static NetworkModel read(ModelVersion version, Configuration hadoop) {
    Path folder = version.path();
    Path network = new Path(folder, NETWORK);
    Path optimization = new Path(folder, OPTIMIZATION);
    Dl4jEngine engine =
        new Dl4jEngine(
            NetworkJson.read(bytes(network, hadoop), network.toString()),
            NetworkJson.readOptimization(bytes(optimization, hadoop), optimization.toString()),
            0,
            1);
    return new NetworkModel(
        Encoding.of(text(folder, ENCODING, hadoop), new Path(folder, ENCODING).toString()),
        engine,
        bytes(new Path(folder, PARAMETERS), hadoop));
  }

  private static String text(Path folder, String name, Configuration hadoop) {
    return new String(bytes(new Path(folder, name), hadoop), StandardCharsets.UTF_8);
  }

  /** The content of a file. */
  static byte[] bytes(Path file, Configuration hadoop) {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  /**
   * Refuses a table that lacks what the network is fed with.
   *
   * @param labelled whether the label is needed too
   * @throws Stop exit 2
   */
  void requireColumns(Contract contract, boolean labelled) {
    List<String> columns = contract.fieldNames();
    Stream<String> needed = encoding.inputs().stream().flatMap(i -> i.input().columns().stream());
    Stream<String> label = labelled ? encoding.label().columns().stream() : Stream.of();
    Stream.concat(needed, label)
        .filter(column -> !columns.contains(column))
        .findFirst()
        .ifPresent(
            column -> {
              throw Stop.usage(
                  "contract %s has no column %s, which the network was trained on; its columns are %s; rename yours in"
                      + " the contract, or map it by columns { %s = ... }",
                  contract.id(), column, String.join(", ", columns), column);
            });
  }

  /**
   * The model on its way to the executors.
   *
   * @param key of the model, unlike that of any other
   * @param batchSize rows that a replica predicts at once
   */
  record Shipped(
      String key, Encoding encoding, Engine engine, Broadcast<byte[]> state, int batchSize)
      implements Serializable, AutoCloseable {
    Replica borrow() {
      return ReplicaPool.borrow(key, engine, state.value());
    }

    void giveBack(Replica replica) {
      ReplicaPool.giveBack(key, replica);
    }

    @Override
    public void close() {
      state.destroy();
    }
  }

  /** Sends the parameters to the executors, once each. */
  Shipped ship(SparkSession spark, String key, int batchSize) {
    Broadcast<byte[]> parameters =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(state);
    return new Shipped(key, encoding, engine, parameters, batchSize);
  }
}

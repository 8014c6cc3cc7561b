package org.millrace.deep;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.dl4j.ModelFiles;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;
import org.millrace.outcome.Stop;
import org.millrace.table.Contract;

/**
 * A trained network as it stands in the model store: how rows become examples ({@code
 * encoding.json}), what the network is and what it has learnt ({@link ModelFiles}).
 *
 * @param engine whose replicas begin with the learnt parameters
 */
record NetworkModel(Encoding encoding, Dl4jEngine engine) {
  /** The kind of the models of this family. */
  static final String KIND = "network";

  private static final String ENCODING = "encoding.json";

  /**
   * Writes the files of a model into a folder.
   *
   * @param engine that trained it
   * @param state the file with what its replica saved
   */
  static void write(
      Path folder, Encoding encoding, Dl4jEngine engine, Path state, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      try (OutputStream out = files.create(new Path(folder, ENCODING), false)) {
        out.write(encoding.toJson().getBytes(StandardCharsets.UTF_8));
      }
      try (InputStream in = state.getFileSystem(hadoop).open(state)) {
        ModelFiles.write(engine, in, files, folder);
      }
    } catch (IOException e) {
      throw Stop.failed("the network cannot be written to %s: %s", folder, e.getMessage())
          .because(e);
    }
  }

  /** Reads what was written, once it is verified. */
  static NetworkModel read(Path folder, Configuration hadoop) {
    Path encoding = new Path(folder, ENCODING);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      String json;
      try (InputStream in = files.open(encoding)) {
        json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return new NetworkModel(
          Encoding.of(json, encoding.toString()), ModelFiles.read(files, folder));
    } catch (IOException e) {
      throw Stop.failed("the network in %s cannot be read: %s", folder, e.getMessage()).because(e);
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
   * @param engine as Java writes it: Spark's Kryo cannot write records
   * @param batchSize rows that a replica predicts at once
   */
  record Shipped(String key, Encoding encoding, Broadcast<byte[]> engine, int batchSize)
      implements Serializable, AutoCloseable {
    Replica borrow() {
      return ReplicaPool.borrow(key, () -> unpacked(engine.value()).replica(Engine.Slot.CPU));
    }

    void giveBack(Replica replica) {
      ReplicaPool.giveBack(key, replica);
    }

    @Override
    public void close() {
      engine.destroy();
    }
  }

  /** Sends the network to the executors, once each. */
  Shipped ship(SparkSession spark, String key, int batchSize) {
    Broadcast<byte[]> bytes =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(packed(engine));
    return new Shipped(key, encoding, bytes, batchSize);
  }

  private static byte[] packed(Dl4jEngine engine) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(engine);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Engine unpacked(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Engine) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}

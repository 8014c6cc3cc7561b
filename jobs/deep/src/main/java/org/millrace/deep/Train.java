package org.millrace.deep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.data.EncodingFitter;
import org.millrace.deep.data.FittedInput;
import org.millrace.deep.data.Label;
import org.millrace.deep.data.Refusal;
import org.millrace.deep.data.RefusedRows;
import org.millrace.deep.data.ShardWriter;
import org.millrace.deep.data.ShardedBatches;
import org.millrace.deep.data.Shards;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.train.Epoch;
import org.millrace.deep.train.Trained;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Prospect;
import org.millrace.job.Run;
import org.millrace.model.Draft;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelInfo;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.table.CheckedTable;

/** Trains a network on the executors and publishes it as a model. */
public final class Train implements Job<TrainConfig> {

  @Override
  public String name() {
    return "deep.train";
  }

  @Override
  public String summary() {
    return "train a convolutional or recurrent network on the executors (Deeplearning4j)";
  }

  @Override
  public Class<TrainConfig> config() {
    return TrainConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("examples: a contract of yours with the columns that inputs and label name");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind " + NetworkModel.KIND);
  }

  @Override
  public List<NamedTable> tables(TrainConfig c) {
    return List.of(new NamedTable("examples", c.examples(), c.columns()));
  }

  @Override
  public void check(Prospect prospect, TrainConfig c) {
    Feasibility.require(prospect, c);
  }

  @Override
  public int slotsAtOnce(TrainConfig c) {
    return c.ranks();
  }

  @Override
  public void run(Run run, TrainConfig c) {
    CheckedTable input = run.readToDisk(tables(c).get(0));
    Parts parts = Parts.of(input, c);
    Encoding encoding =
        run.step(
            "fit encoding", () -> new EncodingFitter(parts.train()).fit(c.inputs(), c.label()));
    Encoded encoded = run.step("encode", () -> encode(run, parts, encoding, c, input.seen()));
    refuse(run, input, encoded.refused(), c);
    if (!c.baseline().readsRows()) {
      input.close(); // The examples are written: nobody reads the rows any more.
    }
    Network network = network(encoding, c);
    if (!network.layers().isEmpty()) {
      run.report().table(LearningReport.layers(network.layers()));
    }
    ShardedBatches train =
        ShardedBatches.training(
            encoded.train(),
            encoding,
            c.ranks(),
            c.batchSize(),
            c.seed(),
            c.augmentation(),
            run.spark());
    Configuration hadoop = run.spark().sessionState().newHadoopConf();
    Dl4jEngine engine = Beginning.engine(run, network, c, train.steps(), hadoop);
    Trained trained =
        run.step("train", () -> train(run, c, input, engine, train, encoded, encoding));
    report(run, trained, c);
    try (Draft draft = run.draftModel(NetworkModel.KIND)) {
      NetworkModel model =
          run.step(
              "write network",
              () -> {
                NetworkModel.write(draft.path(), encoding, engine, trained.state(), hadoop);
                return NetworkModel.read(draft.path(), hadoop);
              });
      run.forgetResumable(); // The network is written; a gate that refuses it changes nothing.
      List<MeasuredMetric> quality =
          run.step("evaluate", () -> evaluate(run, parts, encoded, model, c));
      ModelInfo info =
          run.modelInfo(
              input,
              c.seed(),
              quality,
              c.holdout().describe() + " The network never saw them.",
              NetworkCard.description(c, model, trained));
      run.publishModel(draft, info, c.gate());
    }
  }

  /** The examples of each part, and all rows of which none could be made. */
  private record Encoded(
      Shards train, Optional<Shards> validation, Shards test, List<RefusedRows> refused) {}

  /**
   * @param mostRows of all parts together
   */
  private static Encoded encode(
      Run run, Parts parts, Encoding encoding, TrainConfig c, long mostRows) {
    List<RefusedRows> refused = new ArrayList<>();
    BiFunction<String, Dataset<Row>, Shards> write =
        (part, rows) -> {
          Path folder = run.scratch("examples/" + part);
          ShardWriter.Written written =
              new ShardWriter(encoding, folder, c.seed(), mostRows).write(rows);
          refused.addAll(written.refused());
          return written.shards();
        };
    Shards train = write.apply("train", parts.train());
    Optional<Shards> validation = parts.validation().map(rows -> write.apply("validation", rows));
    Shards test = write.apply("test", parts.test());
    require(train, "train on", c);
    validation.ifPresent(shards -> require(shards, "validate on", c));
    require(test, "measure on", c);
    return new Encoded(train, validation, test, refused);
  }

  private static void require(Shards shards, String what, TrainConfig c) {
    if (shards.records() == 0) {
      throw Stop.contract(
          "no examples are left to %s; %s Give more rows or choose another holdout",
          what, c.holdout().describe());
    }
  }

  /** Rows that keep the contract and are no examples count as rejected like those that do not. */
  private static void refuse(
      Run run, CheckedTable input, List<RefusedRows> refused, TrainConfig c) {
    Map<Refusal.Rule, Dataset<Row>> byRule = new LinkedHashMap<>();
    refused.forEach(r -> byRule.merge(r.rule(), r.rows(), Dataset::union));
    byRule.forEach((rule, rows) -> run.refuse("examples", rows, rule.id(), rule.accepted()));
    List<RuleReport> broken =
        byRule.keySet().stream()
            .map(
                rule ->
                    new RuleReport(
                        rule.id(),
                        refused.stream()
                            .filter(r -> r.rule() == rule)
                            .mapToLong(RefusedRows::count)
                            .sum(),
                        List.of()))
            .toList();
    if (c.windows().isEmpty()) {
      input.alsoRefused(broken);
    }
    Refusals.require(input, c.examples(), broken);
    if (!broken.isEmpty()) {
      Refusals.tell(run.report(), broken);
    }
  }

  private static Network network(Encoding encoding, TrainConfig c) {
    List<NetworkInput> inputs =
        encoding.inputs().stream()
            .map((FittedInput i) -> new NetworkInput(i.name(), i.shape()))
            .toList();
    return new Network(
        inputs, c.network(), TrainConfig.task(c.label(), encoding.label().outputs(), c.loss()));
  }

  private static Trained train(
      Run run,
      TrainConfig c,
      CheckedTable input,
      Dl4jEngine engine,
      ShardedBatches train,
      Encoded encoded,
      Encoding encoding) {
    String identity =
        DigestUtils.sha256Hex(
            String.join(
                "\n",
                encoding.toJson(),
                c.toString(),
                input.report().identity(),
                String.valueOf(encoded.train().records()),
                run.identity().codeVersion()));
    Training training =
        new Training(
            engine,
            train,
            encoded
                .validation()
                .map(
                    shards ->
                        ShardedBatches.evaluation(
                            shards, encoding, c.ranks(), c.batchSize(), run.spark())),
            c.label() instanceof Label.Classes,
            c.training(),
            folder(run, identity),
            identity);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            run.progress(LearningReport.sentence(epoch, c.training().epochs()));
          }

          @Override
          public void restarted(String reason) {
            run.progress("restarted from the last checkpoint: " + reason);
            run.report().warn("training was started again from the last checkpoint: " + reason);
          }
        };
    return c.strategy().strategy().train(run.spark().sparkContext(), training, listener);
  }

  private static Path folder(Run run, String identity) {
    Path folder = run.resumable(identity);
    try {
      FileSystem files = folder.getFileSystem(run.spark().sessionState().newHadoopConf());
      if (files.listStatus(folder).length > 0) {
        run.progress("goes on from what a run that died left in " + folder);
      }
      return folder;
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read: %s", folder, e.getMessage()).because(e);
    }
  }

  private static List<MeasuredMetric> evaluate(
      Run run, Parts parts, Encoded encoded, NetworkModel model, TrainConfig c) {
    try (NetworkModel.Shipped shipped = model.ship(run.spark(), run.runId(), c.batchSize())) {
      Measurement measured =
          c.baseline().readsRows()
              ? Measurement.of(parts.test(), shipped, c.baseline())
              : Measurement.of(encoded.test(), shipped, c.baseline(), run.spark());
      return MeasurementReport.tell(run.report(), measured, model.encoding(), c.baseline());
    }
  }

  private static void report(Run run, Trained trained, TrainConfig c) {
    run.report().chart(LearningReport.loss(trained));
    if (c.label() instanceof Label.Classes && c.validation().isPresent()) {
      run.report().chart(LearningReport.accuracy(trained));
    }
    run.report().table(LearningReport.epochs(trained));
  }
}

package org.millrace.risk;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.millrace.outcome.Stop;
import org.millrace.risk.balance.PriorCorrection;
import org.millrace.risk.calibrate.Calibration;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.features.EncodingModel;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.BlendPredictor;
import org.millrace.risk.model.LinearPredictor;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Predictor;
import org.millrace.risk.trees.Trees;
import org.millrace.store.SmallFiles;

/**
 * A model as it stands in the model store: {@code features/}, the encoder as a pipeline of MLlib;
 * {@code predictor.json}, what was learnt; {@code risk.json}, all else.
 */
final class RiskFiles {
  private static final String FORMAT = "millrace-risk/1";
  private static final String FEATURES = "features";
  private static final String PREDICTOR = "predictor.json";
  private static final String REST = "risk.json";
  private static final ObjectMapper JSON = mapper();

  private RiskFiles() {}

  /** Kinds of predictors and adjustments by the names that they have in the files. */
  private static ObjectMapper mapper() {
    ObjectMapper mapper = JsonMapper.builder().build();
    mapper.addMixIn(Predictor.class, Kinds.class);
    mapper.addMixIn(Adjustment.class, Kinds.class);
    mapper.registerSubtypes(new NamedType(LinearPredictor.class, "linear"));
    mapper.registerSubtypes(new NamedType(Trees.class, "trees"));
    mapper.registerSubtypes(new NamedType(BlendPredictor.class, "blend"));
    mapper.registerSubtypes(new NamedType(Calibration.class, "calibration"));
    mapper.registerSubtypes(new NamedType(PriorCorrection.class, "prior"));
    return mapper;
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface Kinds {}

  /** What is absent is null: JSON has no other word for it. */
  private record Rest(
      String format,
      Link link,
      FittedLabel label,
      Adjustment correction,
      Adjustment calibration,
      Decision decision,
      StoredSeries timeSeries) {}

  /**
   * Writes a model.
   *
   * @param others files beside it, by name: nothing here reads them
   */
  static void write(
      Path folder, RiskModel model, Map<String, byte[]> others, Configuration hadoop) {
    try {
      Transformer[] stages = {new EncodingModel(model.encoder())};
      new PipelineModel("features", stages).write().save(new Path(folder, FEATURES).toString());
      FileSystem files = folder.getFileSystem(hadoop);
      byte[] predictor = JSON.writerFor(Predictor.class).writeValueAsBytes(model.predictor());
      SmallFiles.write(files, new Path(folder, PREDICTOR), predictor, false);
      for (Map.Entry<String, byte[]> other : others.entrySet()) {
        SmallFiles.write(files, new Path(folder, other.getKey()), other.getValue(), false);
      }
      Rest rest =
          new Rest(
              FORMAT,
              model.link(),
              model.label(),
              model.correction().orElse(null),
              model.calibration().orElse(null),
              model.decision().orElse(null),
              model.timeSeries().map(StoredSeries::of).orElse(null));
      SmallFiles.write(
          files,
          new Path(folder, REST),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(rest),
          false);
    } catch (IOException e) {
      throw Stop.failed("the model cannot be written to %s: %s", folder, e.getMessage()).because(e);
    }
  }

  /** Reads what was written, once it is verified. */
  static RiskModel read(Path folder, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      Rest rest = read(files, new Path(folder, REST), Rest.class);
      if (!rest.format().equals(FORMAT)) {
        throw Stop.failed(
            "the model in %s is of format %s, and this code reads %s; score with the code that"
                + " trained it",
            folder, rest.format(), FORMAT);
      }
      PipelineModel pipeline = PipelineModel.load(new Path(folder, FEATURES).toString());
      return new RiskModel(
          ((EncodingModel) pipeline.stages()[0]).rowEncoder(),
          read(files, new Path(folder, PREDICTOR), Predictor.class),
          rest.link(),
          rest.label(),
          Optional.ofNullable(rest.correction()),
          Optional.ofNullable(rest.calibration()),
          Optional.ofNullable(rest.decision()),
          Optional.ofNullable(rest.timeSeries()).map(StoredSeries::options));
    } catch (IOException e) {
      throw Stop.failed("the model in %s cannot be read: %s", folder, e.getMessage()).because(e);
    }
  }

  private static <T> T read(FileSystem files, Path file, Class<T> type) throws IOException {
    try (InputStream in = files.open(file)) {
      return JSON.readValue(in, type);
    }
  }
}

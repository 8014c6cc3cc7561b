package org.millrace.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;

/** A fitted pipeline in the model store: {@code steps/}, MLlib's own, and {@code plan.json}. */
record PipelineFiles(PipelineModel steps, PipelinePlan plan) {
  /** As the model store names it. */
  static final String KIND = "pipeline";

  private static final String FORMAT = "millrace-pipeline/1";
  private static final String STEPS = "steps";
  private static final String PLAN = "plan.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Stored(String format, PipelinePlan plan) {}

  void write(Path folder, Configuration hadoop) {
    try {
      steps.write().save(new Path(folder, STEPS).toString());
      FileSystem files = folder.getFileSystem(hadoop);
      byte[] stored = JSON.writeValueAsBytes(new Stored(FORMAT, plan));
      SmallFiles.write(files, new Path(folder, PLAN), stored, false);
    } catch (IOException e) {
      throw Stop.failed("the pipeline cannot be written to %s: %s", folder, e.getMessage())
          .because(e);
    }
  }

  /** Opens a verified version. */
  static PipelineFiles read(ModelVersion version, Configuration hadoop) {
    Path plan = version.file(PLAN);
    try (InputStream in = plan.getFileSystem(hadoop).open(plan)) {
      Stored stored = JSON.readValue(in, Stored.class);
      if (!stored.format().equals(FORMAT)) {
        throw Stop.failed(
            "the pipeline %s is of format %s, and this code reads %s; apply it with the code that"
                + " fitted it",
            version.version(), stored.format(), FORMAT);
      }
      return new PipelineFiles(PipelineModel.load(version.file(STEPS).toString()), stored.plan());
    } catch (IOException e) {
      throw Stop.failed("the pipeline's file %s cannot be read: %s", plan, e.getMessage())
          .because(e);
    }
  }
}

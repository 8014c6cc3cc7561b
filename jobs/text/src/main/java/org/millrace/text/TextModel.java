package org.millrace.text;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.language.FittedVectors;
import org.millrace.language.Refused;
import org.millrace.language.VectorFiles;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;
import org.millrace.text.classify.Classifier;
import org.millrace.text.classify.GaussianClassifier;
import org.millrace.text.classify.LinearClassifier;

/**
 * A classifier of texts as it stands in the model store: {@code vectors.json} and what belongs to
 * it, and {@code classifier.json}.
 *
 * @param text column that it reads
 * @param classes by their numbers
 */
record TextModel(
    String text,
    Refused checks,
    List<String> classes,
    FittedVectors vectors,
    Classifier classifier) {
  static final String KIND = "text";
  private static final String FORMAT = "millrace-text/1";
  private static final String FILE = "classifier.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder().addMixIn(Classifier.class, Kinds.class).build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = LinearClassifier.class, name = "linear"),
    @JsonSubTypes.Type(value = GaussianClassifier.class, name = "gaussian"),
  })
  private interface Kinds {}

  private record Stored(
      String format, String text, Refused checks, List<String> classes, Classifier classifier) {}

  void write(Path folder, Configuration hadoop) {
    VectorFiles.write(folder, vectors, hadoop);
    try {
      byte[] json = JSON.writeValueAsBytes(new Stored(FORMAT, text, checks, classes, classifier));
      SmallFiles.write(folder.getFileSystem(hadoop), new Path(folder, FILE), json, false);
    } catch (IOException e) {
      throw Stop.failed("the model cannot be written to %s: %s", folder, e.getMessage()).because(e);
    }
  }

  /** Reads what was written, once it is verified. */
  static TextModel read(Path folder, Configuration hadoop) {
    Path file = new Path(folder, FILE);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      try (InputStream in = files.open(file)) {
        Stored stored = JSON.readValue(in, Stored.class);
        if (!stored.format().equals(FORMAT)) {
          throw Stop.failed(
              "the model in %s is of format %s, and this code reads %s; score with the code that"
                  + " trained it",
              folder, stored.format(), FORMAT);
        }
        return new TextModel(
            stored.text(),
            stored.checks(),
            stored.classes(),
            VectorFiles.read(folder, hadoop),
            stored.classifier());
      }
    } catch (IOException e) {
      throw Stop.failed("the model in %s cannot be read: %s", folder, e.getMessage()).because(e);
    }
  }
}

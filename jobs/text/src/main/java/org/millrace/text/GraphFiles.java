package org.millrace.text;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;
import org.millrace.text.graph.Embedding;
import org.millrace.text.graph.Graph;
import org.millrace.text.graph.GridTraining;
import org.millrace.text.graph.Predictor;
import org.millrace.text.graph.Scoring;
import org.millrace.text.graph.Vectors;

/**
 * A graph model as files of a model version: {@code graph.json}, and as Parquet {@code entities}
 * (id, name, vector) and {@code relations} (id, name, inverse, vector).
 */
final class GraphFiles {
  /** As the model store names it. */
  static final String KIND = "graph";

  private static final String FORMAT = "millrace-graph/1";
  private static final String SETTINGS = "graph.json";
  private static final String ENTITIES = "entities";
  private static final String RELATIONS = "relations";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GraphFiles() {}

  /**
   * How the vectors are to be used.
   *
   * @param width floats of a vector
   */
  record Settings(String format, Scoring scoring, int width) {}

  /** Writes the model of a combination, sorted, so that equal models have equal files. */
  static void write(
      Path folder, Graph graph, GridTraining trained, int combination, Embedding model) {
    Dataset<Row> entities = graph.entities().rows().join(trained.entities(combination), "id");
    save(entities.select("id", "name", "vector").sort("id"), new Path(folder, ENTITIES));
    int count = graph.relations().count();
    Dataset<Row> names = graph.relations().rows().withColumn("inverse", lit(false));
    Dataset<Row> inverse =
        names.withColumn("id", col("id").plus(count)).withColumn("inverse", lit(true));
    Dataset<Row> relations = names.union(inverse).join(trained.relations(combination), "id");
    save(
        relations.select("id", "name", "inverse", "vector").sort("id"),
        new Path(folder, RELATIONS));
    try {
      FileSystem files = folder.getFileSystem(conf(entities.sparkSession()));
      byte[] settings =
          JSON.writeValueAsBytes(new Settings(FORMAT, model.scoring(), model.width()));
      SmallFiles.write(files, new Path(folder, SETTINGS), settings, false);
    } catch (IOException e) {
      throw Stop.failed("the model cannot be written to %s: %s", folder, e.getMessage()).because(e);
    }
  }

  private static void save(Dataset<Row> table, Path folder) {
    table
        .write()
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
        .parquet(folder.toString());
  }

  /**
   * Opens a verified version.
   *
   * @param inverse the mark before inverse relations in questions
   */
  static Predictor read(SparkSession spark, ModelVersion version, String inverse) {
    Settings settings = settings(spark, version.file(SETTINGS));
    if (!settings.format().equals(FORMAT)) {
      throw Stop.failed(
          "the model %s is of format %s, and this code reads %s; answer with the code that trained"
              + " it",
          version.version(), settings.format(), FORMAT);
    }
    Dataset<Row> entities = spark.read().parquet(version.file(ENTITIES).toString());
    Dataset<Row> relations = spark.read().parquet(version.file(RELATIONS).toString());
    int width = settings.width();
    Embedding model =
        new Embedding(
            settings.scoring(),
            Vectors.collect(entities.select("id", "vector"), width),
            Vectors.collect(relations.select("id", "vector"), width),
            width);
    return new Predictor(
        model,
        names(entities, model.entityCount()),
        names(relations.filter("not inverse"), model.relationCount()),
        inverse);
  }

  private static String[] names(Dataset<Row> rows, int count) {
    String[] names = new String[count];
    Iterator<Row> each = rows.select("id", "name").toLocalIterator();
    while (each.hasNext()) {
      Row row = each.next();
      names[row.getInt(0)] = row.getString(1);
    }
    return names;
  }

  private static Settings settings(SparkSession spark, Path file) {
    try (InputStream in = file.getFileSystem(conf(spark)).open(file)) {
      return JSON.readValue(in, Settings.class);
    } catch (IOException e) {
      throw Stop.failed("the model's file %s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  private static org.apache.hadoop.conf.Configuration conf(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}

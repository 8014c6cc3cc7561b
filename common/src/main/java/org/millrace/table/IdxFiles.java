package org.millrace.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.outcome.Stop;

/**
 * Images and their labels in the IDX format of the MNIST database (LeCun): {@code
 * NAME-images-idx3-ubyte} beside {@code NAME-labels-idx1-ubyte}, each as it is or with {@code .gz}.
 *
 * @param labelled whether there are labels
 */
record IdxFiles(List<IdxPart> parts, boolean labelled) {
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";
  private static final long PART_BYTES = 32L << 20;

  /**
   * Looks at the beginning and the length of each file.
   *
   * @throws Stop exit 3 where one is not of the format, is too short, or lacks its partner
   */
  static IdxFiles of(List<FileStatus> files, Configuration hadoop) {
    return of(files, hadoop, PART_BYTES);
  }

  /**
   * As {@link #of(List, Configuration)}.
   *
   * @param partBytes of the images that one task reads
   */
  static IdxFiles of(List<FileStatus> files, Configuration hadoop, long partBytes) {
    Map<String, IdxHeader> images = new java.util.TreeMap<>();
    Map<String, IdxHeader> labels = new HashMap<>();
    for (FileStatus file : files) {
      String name = file.getPath().toString().replaceFirst("\\.gz$", "");
      try {
        if (name.endsWith(IMAGES)) {
          images.put(name.replace(IMAGES, ""), IdxHeader.read(file, 3, hadoop));
        } else if (name.endsWith(LABELS)) {
          labels.put(name.replace(LABELS, ""), IdxHeader.read(file, 1, hadoop));
        } else {
          throw Stop.contract(
              "%s is no IDX file by its name; accepted: NAME%s and NAME%s, with or without .gz; leave others out"
                  + " by a path such as FOLDER/train-*",
              file.getPath(), IMAGES, LABELS);
        }
      } catch (IOException e) {
        throw Stop.contract("%s cannot be read as IDX: %s", file.getPath(), e.getMessage())
            .because(e);
      }
    }
    return paired(images, labels, partBytes);
  }

  private static IdxFiles paired(
      Map<String, IdxHeader> images, Map<String, IdxHeader> labels, long partBytes) {
    List<IdxPart> parts = new ArrayList<>();
    long index = 0;
    for (Map.Entry<String, IdxHeader> entry : images.entrySet()) {
      IdxHeader image = entry.getValue();
      IdxHeader label = labels.remove(entry.getKey());
      boolean others = !labels.isEmpty() || parts.stream().anyMatch(p -> !p.labels().isEmpty());
      if (label == null && others) {
        throw Stop.contract("%s has no labels beside it, named *%s", image.path(), LABELS);
      }
      if (label != null && label.count() != image.count()) {
        throw Stop.contract(
            "%s has %d images, but %s has %d labels",
            image.path(), image.count(), label.path(), label.count());
      }
      parts.addAll(cut(image, label, index, partBytes));
      index += image.count();
    }
    if (!labels.isEmpty() || parts.isEmpty()) {
      String alone = labels.isEmpty() ? "" : labels.values().iterator().next().path();
      throw Stop.contract("%s has no images beside it, named *%s", alone, IMAGES);
    }
    return new IdxFiles(parts, parts.stream().noneMatch(p -> p.labels().isEmpty()));
  }

  /** A compressed file is read by one task. */
  private static List<IdxPart> cut(IdxHeader image, IdxHeader label, long index, long partBytes) {
    String labels = label == null ? "" : label.path();
    boolean whole = image.isCompressed() || (label != null && label.isCompressed());
    int step = whole ? image.count() : (int) Math.max(1, partBytes / image.itemBytes());
    List<IdxPart> parts = new ArrayList<>();
    for (int first = 0; first < image.count(); first += step) {
      int count = Math.min(step, image.count() - first);
      parts.add(new IdxPart(image.path(), labels, image.itemBytes(), first, count, index + first));
    }
    return parts;
  }

  /** Columns {@code image} (bytes), {@code label} where there are labels, {@code index} from 0. */
  Dataset<Row> rows(SparkSession spark) {
    StructType schema = new StructType().add("image", DataTypes.BinaryType, false);
    if (labelled) {
      schema = schema.add("label", DataTypes.IntegerType, false);
    }
    schema = schema.add("index", DataTypes.LongType, false);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    // As texts, since Kryo does not know records.
    List<String> texts = parts.stream().map(IdxPart::toText).toList();
    return spark.createDataFrame(
        context
            .parallelize(texts, Math.max(1, texts.size()))
            .flatMap(text -> IdxPart.of(text).open(hadoop.value().value())),
        schema);
  }
}

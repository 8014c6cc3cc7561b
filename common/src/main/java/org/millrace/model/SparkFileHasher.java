package org.millrace.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Hashes files on the executors: no file passes through the driver. */
public final class SparkFileHasher implements FileHasher {

  private static final int TASKS_PER_CORE = 4;

  private final JavaSparkContext spark;

  public SparkFileHasher(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Override
  public Map<Path, String> sha256(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return Map.of();
    }
    List<String> names = files.stream().map(Path::toString).toList();
    int tasks = Math.min(names.size(), TASKS_PER_CORE * spark.defaultParallelism());
    var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    List<Tuple2<String, String>> hashes;
    try {
      hashes =
          spark
              .parallelize(names, tasks)
              .map(name -> new Tuple2<>(name, Sha256.of(new Path(name), hadoop.value())))
              .collect();
    } catch (Exception e) {
      throwUnreadable(e);
      throw e;
    }
    Map<String, String> byName = new HashMap<>();
    hashes.forEach(hash -> byName.put(hash._1(), hash._2()));
    // Not new paths of the names: a path made of a percent-encoded URI differs from one made of
    // text.
    Map<Path, String> byPath = new HashMap<>();
    files.forEach(file -> byPath.put(file, byName.get(file.toString())));
    return byPath;
  }

  /** Spark wraps what a task threw; a file that cannot be read is for the caller to explain. */
  private static void throwUnreadable(Exception failure) throws IOException {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IOException unreadable) {
        throw new IOException(unreadable.getMessage(), failure);
      }
    }
  }
}

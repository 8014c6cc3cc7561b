package org.millrace.table;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Makes the Parquet files of a job's rejects from the logs of its tasks, one from each. */
final class RejectFiles {
  /** Up to so many bytes, to start tasks takes longer than to convert the logs. */
  private static final long FEW = 8L << 20;

  private final List<Path> logs;
  private final Configuration hadoop;
  private final long few;

  RejectFiles(List<Path> logs, Configuration hadoop, long few) {
    this.logs = logs;
    this.hadoop = hadoop;
    this.few = few;
  }

  static RejectFiles of(List<Path> logs, Configuration hadoop) {
    return new RejectFiles(logs, hadoop, FEW);
  }

  /**
   * Writes the files into an empty folder.
   *
   * @return the number of rejects in them
   */
  long write(Path folder) throws IOException {
    long bytes = 0;
    for (Path log : logs) {
      bytes += log.getFileSystem(hadoop).getFileStatus(log).getLen();
    }
    return bytes <= few ? here(folder) : onExecutors(folder);
  }

  private long here(Path folder) throws IOException {
    long rows = 0;
    for (Path log : logs) {
      rows += RejectFile.convert(log, new Path(folder, parquet(log)), hadoop);
    }
    return rows;
  }

  /** Each attempt of a task writes a file of its own; those of the attempts that count stay. */
  private long onExecutors(Path folder) throws IOException {
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(hadoop));
    List<String> names = logs.stream().map(Path::toString).toList();
    String attempts = new Path(folder, "_attempts").toString();
    List<Tuple2<String, Long>> written =
        spark
            .parallelize(names, names.size())
            .map(log -> convert(new Path(log), new Path(attempts), configuration.value().value()))
            .collect();
    configuration.destroy();
    FileSystem fs = folder.getFileSystem(hadoop);
    long rows = 0;
    for (Tuple2<String, Long> file : written) {
      Path from = new Path(attempts, file._1());
      if (!fs.rename(from, new Path(folder, file._1()))) {
        throw new IOException("the rejects " + from + " are not there");
      }
      rows += file._2();
    }
    fs.delete(new Path(attempts), true);
    return rows;
  }

  private static Tuple2<String, Long> convert(Path log, Path folder, Configuration hadoop)
      throws IOException {
    String file =
        parquet(log)
            .replaceFirst("\\.parquet$", "-" + TaskContext.get().taskAttemptId() + ".parquet");
    return new Tuple2<>(file, RejectFile.convert(log, new Path(folder, file), hadoop));
  }

  private static String parquet(Path log) {
    return log.getName().replaceFirst("\\.jsonl$", ".parquet");
  }
}

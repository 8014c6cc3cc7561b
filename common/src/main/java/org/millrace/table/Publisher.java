package org.millrace.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
import org.millrace.store.Swap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes tables under a root: written aside, counted by the footers of the files that were
 * written, reconciled with what was read, and then renamed into place as a whole.
 */
public final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final Root root;
  private final String runId;
  private final RunLock lock;

  /**
   * Makes a publisher for a run.
   *
   * @param lock held for what will be published; confirmed before anything becomes visible
   */
  public Publisher(Root root, String runId, RunLock lock) {
    this.root = root;
    this.runId = runId;
    this.lock = lock;
  }

  /**
   * A table to publish.
   *
   * @param table the partition's table, such as {@code scores/films}
   * @param rows with the contract's columns and possibly others, which are published behind them
   * @param reconciliation asked after the rows were written, since only then the counts are known
   */
  public record Output(
      String table,
      Root.Partition target,
      Contract contract,
      Dataset<Row> rows,
      Optional<String> modelVersion,
      Reconciliation reconciliation) {}

  /** Tells what went in and what came of it, possibly by a look at what was written. */
  @FunctionalInterface
  public interface Reconciliation {
    RowCounts count(Supplier<Dataset<Row>> written);
  }

  /**
   * Writes and publishes a table, or changes nothing.
   *
   * @throws Stop exit 1 where the counts do not reconcile or the file system refuses
   */
  public OutputReport publish(Output output, Manifest.Provenance provenance) {
    requireSchema(output);
    Path staged = root.staged(runId, output.target());
    FileSystem fs = root.fs();
    try {
      fs.delete(staged, true); // Of a publication of this run that failed.
      Dataset<Row> ordered = ordered(output);
      ordered
          .write()
          .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
          .parquet(staged.toString());
      List<Manifest.DataFile> files = dataFiles(fs, staged);
      long rows = files.stream().mapToLong(Manifest.DataFile::rows).sum();
      RowCounts counts = output.reconciliation().count(() -> written(ordered, staged));
      requireReconciled(output, counts, rows);
      new Manifest(
              provenance,
              output.table(),
              output.contract(),
              output.modelVersion(),
              counts,
              rows,
              files)
          .write(fs, staged);
      lock.confirm();
      long gap = new Swap(root).publish(runId, staged, output.target());
      LOG.info(
          "published {}; the date had no partition for {} us", output.target().path(), gap / 1000);
      return new OutputReport(
          output.table(),
          output.target().path().toString(),
          output.contract().id(),
          output.contract().hash(),
          counts.unit(),
          counts.in(),
          counts.scored(),
          counts.rejected(),
          rows,
          files.size(),
          files.stream().mapToLong(Manifest.DataFile::bytes).sum());
    } catch (IOException e) {
      throw Stop.failed("%s cannot be published: %s", output.target().path(), e.getMessage())
          .because(e);
    }
  }

  /**
   * Publishes the rejects of a job's inputs, in place of those of an earlier run of the date;
   * without any, takes those away.
   */
  public void publishRejects(List<? extends RejectSource> sources, Root.Partition target) {
    FileSystem fs = root.fs();
    List<Path> logs =
        sources.stream().flatMap(s -> s.rejectLogs().stream()).map(Path::new).toList();
    Swap swap = new Swap(root);
    lock.confirm();
    if (logs.isEmpty()) {
      swap.remove(runId, target);
      return;
    }
    Path staged = root.staged(runId, target);
    try {
      fs.delete(staged, true);
      fs.mkdirs(staged);
      long rows = RejectFiles.of(logs, fs.getConf()).write(staged);
      long rejected = sources.stream().mapToLong(RejectSource::rejected).sum();
      if (rows != rejected) {
        throw new IllegalStateException(
            "%d rows were rejected, but their logs hold %d".formatted(rejected, rows));
      }
      swap.publish(runId, staged, target);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be published: %s", target.path(), e.getMessage()).because(e);
    }
  }

  private static void requireSchema(Output output) {
    Map<String, DataType> promised =
        output.contract().fields().stream()
            .collect(Collectors.toMap(Contract.Field::name, f -> f.type().spark()));
    promised.forEach(
        (name, type) -> {
          if (!List.of(output.rows().columns()).contains(name)
              || !output.rows().schema().apply(name).dataType().equals(type)) {
            throw new IllegalStateException(
                "%s promises column %s of type %s, but the rows are %s"
                    .formatted(
                        output.contract().id(), name, type.sql(), output.rows().schema().toDDL()));
          }
        });
  }

  /** The contract's columns in its order, then the others in theirs. */
  private static Dataset<Row> ordered(Output output) {
    List<String> promised = output.contract().fieldNames();
    Stream<String> others =
        Stream.of(output.rows().columns()).filter(name -> !promised.contains(name));
    return output
        .rows()
        .select(
            Stream.concat(promised.stream(), others)
                .map(name -> functions.col(RowCheck.quote(name)))
                .toArray(Column[]::new));
  }

  private static void requireReconciled(Output output, RowCounts counts, long rows) {
    boolean rowForRow = !counts.unit().equals("row") || counts.scored() == rows;
    if (!counts.reconcile() || !rowForRow) {
      throw Stop.failed(
          "%s: %d %ss in, %d scored and %d rejected, %d rows written: these do not reconcile, so nothing was published;"
              + " this is a bug, please report it with run.json",
          output.table(), counts.in(), counts.unit(), counts.scored(), counts.rejected(), rows);
    }
  }

  /** Its types are known: to look for them in the files would be a job of its own. */
  private static Dataset<Row> written(Dataset<Row> rows, Path staged) {
    return rows.sparkSession().read().schema(rows.schema()).parquet(staged.toString());
  }

  private List<Manifest.DataFile> dataFiles(FileSystem fs, Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus status : fs.listStatus(folder)) {
      if (status.getPath().getName().endsWith(".parquet")) {
        found.add(status);
      }
    }
    Stream<FileStatus> files = found.size() > 1 ? found.parallelStream() : found.stream();
    return files.map(this::dataFile).sorted(Comparator.comparing(Manifest.DataFile::name)).toList();
  }

  private Manifest.DataFile dataFile(FileStatus status) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(status, root.hadoop()))) {
      return new Manifest.DataFile(
          status.getPath().getName(), status.getLen(), reader.getRecordCount());
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read back: %s", status.getPath(), e.getMessage()).because(e);
    }
  }

  /** The rows with the columns that every scored row carries. */
  public static Dataset<Row> withProvenance(
      Dataset<Row> rows, String modelVersion, String runId, java.time.Instant scoredAt) {
    return rows.withColumn("model_version", functions.lit(modelVersion))
        .withColumn("run_id", functions.lit(runId))
        .withColumn(
            "scored_at",
            functions.lit(java.sql.Timestamp.from(scoredAt)).cast(DataTypes.TimestampType));
  }
}

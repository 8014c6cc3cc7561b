package org.millrace.table;

import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.outcome.Stop;

/**
 * Opens a run's inputs: finds the contract, checks names and types, and splits the rows as they are
 * consumed.
 */
public final class TableReader {
  private final SparkSession spark;
  private final Contracts contracts;
  private final Path staging;
  private final String runId;

  /**
   * Makes a reader for a run.
   *
   * @param staging where tasks leave rejected rows until they are published
   */
  public TableReader(SparkSession spark, Contracts contracts, Path staging, String runId) {
    this.spark = spark;
    this.contracts = contracts;
    this.staging = staging;
    this.runId = runId;
  }

  /**
   * Opens an input; no row is read yet.
   *
   * @param name the input's key in the job's configuration
   * @param judged columns of text whose damage the job judges itself
   * @throws Stop exit 2 where the path or the contract does not exist, exit 3 where names or types
   *     differ from the contract
   */
  public CheckedTable open(String job, String name, TableRef ref, Set<String> judged) {
    Contract contract = contracts.get(ref.contract()).takingDamaged(judged);
    Source source = new SourceReader(spark).open(ref, contract);
    return new CheckedTable(spark, name, ref, contract, source, rejects(job, name), runId);
  }

  /**
   * Writes rows down as rejected by the job itself; they are published with those of its inputs.
   */
  public RefusedRows refuse(
      String job, String name, Dataset<Row> rows, String rule, String accepted) {
    return RefusedRows.of(rows, name, rule, accepted, runId, rejects(job, name));
  }

  /**
   * Splits rows by the job's own verdict; the rejected ones are published with those of its inputs.
   *
   * @see JudgedRows
   */
  public JudgedRows judge(
      String job,
      String name,
      Dataset<Row> rows,
      JudgedRows.Verdict verdict,
      Map<String, String> accepted) {
    return JudgedRows.of(rows, name, verdict, accepted, runId, rejects(job, name));
  }

  private Path rejects(String job, String name) {
    return new Path(staging, "rejects~" + job + "~" + name);
  }

  /**
   * Checks an input's names and types and tells what is there, without reading rows.
   *
   * @throws Stop as {@link #open}
   */
  public String describe(TableRef ref) {
    Contract contract = contracts.get(ref.contract());
    Source source = new SourceReader(spark).open(ref, contract);
    return "%s keeps contract %s in names and types (%d files, %d bytes)%s"
        .formatted(
            source.path(),
            contract.id(),
            source.files().size(),
            source.bytes(),
            source.unknown().isEmpty() ? "" : "; unknown columns are ignored: " + source.unknown());
  }
}

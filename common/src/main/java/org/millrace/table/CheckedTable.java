package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.RuleReport;

/**
 * An input whose rows keep their contract. Rows that do not are written to a hidden folder while
 * the good ones are consumed, and published with the job.
 *
 * <p>Either {@linkplain #cache() cached}, for jobs that go over their rows more than once, or
 * consumed whole by a single publication.
 */
public final class CheckedTable implements RejectSource, AutoCloseable {
  private final String name;
  private final TableRef ref;
  private final Contract contract;
  private final Source source;
  private final List<Guard> guards = new ArrayList<>();
  private final List<RuleReport> refused = new CopyOnWriteArrayList<>();
  private Dataset<Row> rows;
  private boolean cached;

  CheckedTable(
      SparkSession spark,
      String name,
      TableRef ref,
      Contract contract,
      Source source,
      Path rejects,
      String runId) {
    this.name = name;
    this.ref = ref;
    this.contract = contract;
    this.source = source;
    this.rows = checked(spark, rejects, runId);
  }

  private Dataset<Row> checked(SparkSession spark, Path rejects, String runId) {
    Map<String, TimeFormat> formats = new TreeMap<>();
    ref.formats().forEach((column, format) -> formats.put(column, TimeFormat.of(format)));
    RowCheck check =
        new RowCheck(
            contract, source.rows().schema(), source.storedNames(), formats, source.malformed());
    Guard values =
        new Guard(spark, runId + "-" + name + "-values", name, runId, rejects, check.rules());
    guards.add(values);
    Dataset<Row> good =
        values.split(source.rows(), check.typedColumns(), check.violations(), source.shown());
    int number = 0;
    for (List<String> key : contract.keys()) {
      String guardId = runId + "-" + name + "-key" + number++;
      good = unique(spark, guardId, good, key, rejects, runId);
    }
    return good;
  }

  private Dataset<Row> unique(
      SparkSession spark,
      String guardId,
      Dataset<Row> good,
      List<String> key,
      Path rejects,
      String runId) {
    Column[] keyColumns = key.stream().map(k -> col(RowCheck.quote(k))).toArray(Column[]::new);
    Column[] all =
        Arrays.stream(good.columns()).map(c -> col(RowCheck.quote(c))).toArray(Column[]::new);
    WindowSpec sameKey = Window.partitionBy(keyColumns);
    Column superfluous;
    String accepted;
    if (contract.duplicates() instanceof Contract.Duplicates.KeepNewest newest) {
      Column order = col(RowCheck.quote(newest.by())).desc_nulls_last();
      superfluous = row_number().over(sameKey.orderBy(order, xxhash64(all))).gt(1);
      accepted =
          "the row with the greatest %s of its key (%s)"
              .formatted(newest.by(), String.join(", ", key));
    } else {
      superfluous = count(lit(1)).over(sameKey).gt(1);
      accepted = "the only row of its key (%s)".formatted(String.join(", ", key));
    }
    var rule = new RowCheck.BrokenRule(String.join("+", key) + ".unique", "", accepted);
    Guard guard = new Guard(spark, guardId, name, runId, rejects, List.of(rule));
    guards.add(guard);
    String flag = "__superfluous";
    Dataset<Row> flagged = good.withColumn(flag, superfluous);
    return guard.split(flagged, List.of(all), List.of(col(flag)), Arrays.asList(good.columns()));
  }

  /** The rows that keep the contract, with the contract's columns. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Whether the stored table has a column of the contract; where it has not, all rows lack it. */
  public boolean has(String column) {
    return source.storedNames().containsKey(column);
  }

  public Contract contract() {
    return contract;
  }

  public String name() {
    return name;
  }

  /**
   * Reads, checks and keeps the rows in memory (spilling to disk), so that they can be gone over
   * many times.
   *
   * @throws Stop exit 3 where too many rows are rejected, or there are none
   */
  public CheckedTable cache() {
    return cache(StorageLevel.MEMORY_AND_DISK());
  }

  /** As {@link #cache()}, where a job wants the rows kept elsewhere. */
  public CheckedTable cache(StorageLevel level) {
    if (!cached) {
      rows = rows.persist(level);
      cached = true;
      long kept = rows.count();
      guards.forEach(guard -> guard.tally().freeze());
      if (kept != seen() - rejected()) {
        throw new IllegalStateException(
            "%s: %d rows read, %d rejected, but %d kept".formatted(name, seen(), rejected(), kept));
      }
      enforce();
    }
    return this;
  }

  /**
   * Refuses the input where its share of rejected rows is too large; to be called when the rows
   * have been consumed.
   *
   * @throws Stop exit 3
   */
  public void enforce() {
    if (seen() == 0) {
      throw Stop.contract("%s: %s has no rows", name, source.path());
    }
    long lost = lost();
    double share = (double) lost / seen();
    if (lost == seen() || share > ref.maxRejectShare()) {
      throw Stop.contract(
          "%s: %d of %d rows of %s break contract %s (%.2f %%, allowed max-reject-share %s); most"
              + " often %s; every rejected row is in the rejects table with its reasons",
          name,
          lost,
          seen(),
          source.path(),
          contract.id(),
          100 * share,
          ref.maxRejectShare(),
          mostBroken());
    }
  }

  private String mostBroken() {
    return Stream.concat(rules().stream(), refused.stream())
        .max(java.util.Comparator.comparingLong(RuleReport::rows))
        .map(r -> "%s (for example: %s)".formatted(r.rule(), String.join("; ", r.examples())))
        .orElse("none");
  }

  /** Rows that were read. */
  public long seen() {
    return guards.get(0).tally().seen();
  }

  @Override
  public long rejected() {
    return guards.stream().mapToLong(g -> g.tally().rejected()).sum();
  }

  @Override
  public List<String> rejectLogs() {
    return guards.stream().flatMap(g -> g.tally().files().stream()).toList();
  }

  /** Columns that the source has and the contract does not know. */
  public List<String> unknownColumns() {
    return source.unknown();
  }

  /** Rows that broke the contract, and those that the job refused. */
  private long lost() {
    return rejected() + refused.stream().mapToLong(RuleReport::rows).sum();
  }

  /** Counts rows that keep the contract and that a job refused, in what is told of this input. */
  public void alsoRefused(List<RuleReport> byRule) {
    refused.addAll(byRule);
  }

  private List<RuleReport> rules() {
    List<RuleReport> reports = new ArrayList<>();
    for (Guard guard : guards) {
      for (int i = 0; i < guard.rules().size(); i++) {
        long broken = guard.tally().brokenRows(i);
        if (broken > 0) {
          reports.add(
              new RuleReport(guard.rules().get(i).rule(), broken, guard.tally().examples(i)));
        }
      }
    }
    return reports;
  }

  public InputReport report() {
    long lost = lost();
    List<RuleReport> broken = new ArrayList<>(rules());
    broken.addAll(refused);
    return new InputReport(
        name,
        source.path().toString(),
        contract.id(),
        contract.hash(),
        source.identity(),
        source.files().size(),
        source.bytes(),
        seen(),
        seen() - lost,
        lost,
        broken);
  }

  /** Lets go of cached rows, which may not be read any more then. */
  @Override
  public void close() {
    if (cached) {
      rows.unpersist(true);
    }
  }
}

package org.millrace.job;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.millrace.model.ModelStore;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
import org.millrace.store.Swap;
import org.millrace.table.Contracts;
import org.millrace.table.Publisher;
import org.millrace.table.TableReader;

/** What the jobs of a run share. */
record RunContext(
    SparkSession spark,
    Identity identity,
    String useCase,
    LocalDate date,
    Root root,
    RunLock lock,
    Contracts contracts,
    TableReader tables,
    ModelStore models) {

  /**
   * Who a run is.
   *
   * @param stamp when it started and a random part: unique, and sorts by time
   */
  public record Identity(
      String runId,
      String stamp,
      Instant startedAt,
      String codeVersion,
      String configurationHash,
      java.util.Map<String, Object> configuration) {}

  Publisher publisher() {
    return new Publisher(root, identity.runId(), lock);
  }

  /** Two use cases may publish a table of one name: what is shared is locked for itself. */
  RunLock lockTable(Root.Partition target) {
    return RunLock.take(root, target.relative(), identity.runId(), new Swap(root)::mend);
  }
}

package org.millrace.bench;

import java.util.List;
import org.millrace.config.Check;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/**
 * Reads a table against its contract and publishes the rows that keep it: all that Millrace adds to
 * a job, and nothing else.
 */
public final class CopyTable implements Job<CopyTable.Config> {

  /**
   * The keys of this job.
   *
   * @param output the published table's name
   */
  public record Config(TableRef table, String output) {
    public Config {
      Check.that(output.matches("[a-z0-9_-]+"), "output", output, "small letters, digits, - and _");
    }
  }

  @Override
  public String name() {
    return "bench.copy";
  }

  @Override
  public String summary() {
    return "copy a table through its contract";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("table: any");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT: the contract of the input");
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("table", c.table(), List.of()));
  }

  @Override
  public void run(Run run, Config c) {
    CheckedTable table = run.stream(tables(c).get(0));
    run.publishTable(
        c.output(),
        table.contract().id(),
        table.rows(),
        written -> {
          table.enforce();
          return new RowCounts(
              "row", table.seen(), table.seen() - table.rejected(), table.rejected());
        });
  }
}

package org.millrace.testing;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.millrace.config.Check;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Reads numbers and publishes their multiples. */
public final class DemoCopy implements Job<DemoCopy.Config> {

  /** Beside its reference.conf. */
  public record Config(TableRef numbers, String table, double times) {
    public Config {
      Check.that(times > 0, "times", times, "a number above 0");
    }
  }

  @Override
  public String name() {
    return "demo.copy";
  }

  @Override
  public String summary() {
    return "Publishes multiples of numbers.";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("numbers: demo-numbers.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/TABLE: demo-numbers.v1");
  }

  @Override
  public List<NamedTable> tables(Config config) {
    return List.of(new NamedTable("numbers", config.numbers(), List.of("id", "amount")));
  }

  @Override
  public void run(Run run, Config config) {
    CheckedTable numbers = run.read(tables(config).get(0));
    var multiples = numbers.rows().withColumn("amount", col("amount").multiply(config.times()));
    run.publishTable(
        config.table(),
        "demo-numbers.v1",
        multiples,
        written -> new RowCounts("row", numbers.seen(), written.get().count(), numbers.rejected()));
  }
}

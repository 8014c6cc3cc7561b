package org.millrace.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.millrace.job.Jobs;
import org.millrace.job.NamedTable;
import org.millrace.job.Prospect;
import org.millrace.job.Session;
import org.millrace.table.Contracts;
import org.millrace.table.TableReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Checks a use-case file, the names and types of its input tables and what its jobs look at before
 * they begin; runs nothing.
 */
@Command(
    name = "validate",
    description = "Check a use-case file and its input tables, run nothing.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private UseCaseOptions options;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Jobs.Bound bound = options.bind();
    options.date();
    Contracts contracts = options.contractsFor(bound);
    InputContracts.check(bound, contracts);
    out.printf("%s: the configuration is valid%n", bound.settings().useCase());
    SparkSession spark = Session.open(bound.settings());
    try {
      TableReader reader = new TableReader(spark, contracts, null, "validate");
      for (Jobs.BoundJob<?> step : bound.steps()) {
        for (NamedTable table : step.tables()) {
          out.printf("%s.%s: %s%n", step.job().name(), table.name(), reader.describe(table.ref()));
        }
      }
      Prospect prospect = Prospect.of(bound.settings(), spark, contracts);
      bound.steps().forEach(step -> step.check(prospect));
    } finally {
      spark.stop();
    }
    return 0;
  }
}

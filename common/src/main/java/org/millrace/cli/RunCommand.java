package org.millrace.cli;

import java.util.concurrent.Callable;
import org.millrace.job.Jobs;
import org.millrace.job.Runner;
import org.millrace.table.Contracts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a use case. */
@Command(name = "run", description = "Run the steps of a use case.")
final class RunCommand implements Callable<Integer> {
  @Mixin private UseCaseOptions options;

  @Override
  public Integer call() {
    Jobs.Bound bound = options.bind();
    var date = options.date();
    Contracts contracts = UseCaseOptions.contracts(bound);
    InputContracts.check(bound, contracts);
    return new Runner(bound, contracts, date, System.out).run().code();
  }
}

package org.millrace.cli;

import java.util.concurrent.Callable;
import org.millrace.job.Jobs;
import org.millrace.job.RunName;
import org.millrace.job.Runner;
import org.millrace.table.Contracts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a use case. */
@Command(name = "run", description = "Run the steps of a use case.")
final class RunCommand implements Callable<Integer> {
  @Mixin private UseCaseOptions options;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Name of the run, such as films-20260131T120000Z-3f2c1a; a new one by default.")
  private String runId;

  @Override
  public Integer call() {
    Jobs.Bound bound = options.bind();
    var date = options.date();
    Contracts contracts = options.contractsFor(bound);
    InputContracts.check(bound, contracts);
    String useCase = bound.settings().useCase();
    RunName name = runId == null ? RunName.next(useCase) : RunName.parse(useCase, runId);
    return new Runner(bound, contracts, date, name, System.out).run().code();
  }
}

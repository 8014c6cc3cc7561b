package org.millrace.cli;

import java.util.concurrent.Callable;
import org.millrace.job.Job;
import org.millrace.job.Jobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the jobs, a line each. */
@Command(name = "jobs", description = "Every job, a line each.")
final class JobsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (Job<?> job : Jobs.onClasspath().all()) {
      spec.commandLine().getOut().printf("%-24s %s%n", job.name(), job.summary());
    }
    return 0;
  }
}

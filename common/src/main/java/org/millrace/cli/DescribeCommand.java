package org.millrace.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.millrace.config.KeyDoc;
import org.millrace.config.Layers;
import org.millrace.job.Job;
import org.millrace.job.Jobs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells all about a job, from its record and its defaults. */
@Command(
    name = "describe",
    description = "A job's keys with defaults and meaning, its input and output contracts.")
final class DescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "JOB", description = "A job, such as recommend.train-als.")
  private String name;

  @Override
  public Integer call() {
    Job<?> job = Jobs.onClasspath().get(name);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %s%n%n", job.name(), job.summary());
    out.println("Reads");
    job.inputs().forEach(i -> out.println("  " + i));
    out.println("Publishes");
    job.outputs().forEach(o -> out.println("  " + o));
    out.printf("%nKeys, in the block %s { ... }%n", job.name());
    TextTable table =
        TextTable.forColumns(
            CommandLine.Help.defaultColorScheme(Ansi.OFF),
            new Column(38, 2, Column.Overflow.SPAN),
            new Column(24, 2, Column.Overflow.WRAP),
            new Column(14, 2, Column.Overflow.WRAP),
            new Column(64, 2, Column.Overflow.WRAP));
    table.addRowValues("key", "accepted", "default", "meaning");
    for (KeyDoc key : KeyDoc.of(job.config(), job.name(), Layers.defaults())) {
      table.addRowValues(
          key.path().substring(job.name().length() + 1),
          key.type(),
          key.defaultValue(),
          key.meaning());
    }
    out.println(table);
    return 0;
  }
}

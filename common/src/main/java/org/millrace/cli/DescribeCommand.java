package org.millrace.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.commons.text.WordUtils;
import org.millrace.config.KeyDoc;
import org.millrace.config.Layers;
import org.millrace.job.Job;
import org.millrace.job.Jobs;
import picocli.CommandLine.Command;
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
    for (KeyDoc key : KeyDoc.of(job.config(), job.name(), Layers.defaults())) {
      out.println(head(key.path().substring(job.name().length() + 1), key));
      WordUtils.wrap(key.meaning(), 90).lines().forEach(line -> out.println("      " + line));
    }
    return 0;
  }

  /** As it could stand in a file, and what is accepted. */
  private static String head(String name, KeyDoc key) {
    String written =
        switch (key.defaultValue()) {
          case "" -> name;
          case "-", "required" -> name + " (" + key.defaultValue().replace("-", "absent") + ")";
          default -> name + " = " + key.defaultValue();
        };
    return "  %-46s  %s".formatted(written, key.type());
  }
}

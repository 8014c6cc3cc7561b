package org.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;

class CommandsIT {

  @Test
  void jobsAreListedALineEach() {
    CommandResult jobs = Cli.run("jobs");

    assertThat(jobs.exitCode()).isZero();
    assertThat(jobs.err()).isEmpty();
    assertThat(jobs.out().lines())
        .containsExactly(
            "demo.copy                Publishes multiples of numbers.",
            "demo.end                 Ends as it is told.");
  }

  @Test
  void describeTellsKeysDefaultsMeaningsAndContracts() {
    CommandResult described = Cli.run("describe", "demo.copy");

    assertThat(described.exitCode()).isZero();
    assertThat(described.out())
        .contains("demo.copy: Publishes multiples of numbers.")
        .contains("numbers: demo-numbers.v1", "tables/TABLE: demo-numbers.v1")
        .containsPattern("(?m)^  times = 1 +a number\\R      Factor$")
        .containsPattern(
            "(?m)^  numbers\\.path \\(required\\) +a string\\R      File or folder, on")
        .contains("numbers.contract = \"demo-numbers.v1\"")
        .containsPattern(
            "numbers\\.format = \"auto\" +auto, parquet, csv, json-lines, idx\\R +How the");
    assertThat(described.out().lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void describeTellsEveryVariantOfAChoice() {
    assertThat(Cli.run("describe", "demo.end").out())
        .containsPattern("(?m)^  ending +a choice\\R      How it ends$")
        .containsPattern(
            "(?m)^  ending\\.kind = \"well\" +well, bug, hang, wait, refusal\\R      The way$")
        .containsPattern("(?m)^  ending\\.bug\\.message \\(required\\) +a string$")
        .containsPattern("(?m)^  ending\\.refusal\\.caused = false +true or false$");
  }

  @Test
  void anUnknownJobIsWrongUsageAndTheNearestIsNamed() {
    CommandResult described = Cli.run("describe", "demo.cpy");

    assertThat(described.exitCode()).isEqualTo(2);
    assertThat(described.err().lines())
        .containsExactly(
            "there is no job demo.cpy, did you mean demo.copy?; there are demo.copy, demo.end");
  }

  @Test
  void aWrongOrAbsentCommandIsWrongUsage() {
    assertThat(Cli.run("rum").exitCode()).isEqualTo(2);
    assertThat(Cli.run("rum").err()).contains("rum").contains("run");
    assertThat(Cli.run().exitCode()).isEqualTo(2);
    assertThat(Cli.run().err()).contains("name a command");
    assertThat(Cli.run("run").exitCode()).isEqualTo(2);
    assertThat(Cli.run("run").err()).contains("USE_CASE.conf");
    assertThat(Cli.run("run", "x.conf", "--iterations", "3").exitCode()).isEqualTo(2);
  }

  @Test
  void everyCommandHasHelpAndTheVersionIsTold() {
    for (String command : new String[] {"run", "validate", "jobs", "describe", "keygen"}) {
      CommandResult help = Cli.run(command, "--help");
      assertThat(help.exitCode()).as(command).isZero();
      assertThat(help.out()).contains("Usage: millrace " + command);
    }
    assertThat(Cli.run("--version").out()).matches("millrace [0-9]\\S+ \\(\\S+\\)\\s+");
  }
}

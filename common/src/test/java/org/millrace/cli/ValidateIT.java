package org.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;

class ValidateIT {
  @TempDir private Path folder;

  private CommandResult validate(DemoUseCase useCase, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "validate";
    arguments[1] = useCase.file().toString();
    arguments[2] = "--set";
    arguments[3] = "root=" + useCase.root();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Cli.run(arguments);
  }

  private DemoUseCase copies(String... more) {
    return DemoUseCase.in(
        folder,
        "steps = [demo.copy]",
        "demo.copy.numbers.path = $numbers",
        String.join("\n", more));
  }

  @Test
  void aGoodUseCaseIsCheckedAndNothingIsWritten() {
    DemoUseCase useCase = copies();

    CommandResult result = validate(useCase);

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out())
        .contains("demo: the configuration is valid")
        .contains("demo.copy.numbers: ", "keeps contract demo-numbers.v1 in names and types");
    assertThat(useCase.root()).doesNotExist();
  }

  @Test
  void allProblemsOfTheFileAreToldAtOnceAndSparkIsNotStarted() {
    DemoUseCase useCase =
        copies(
            "demo.copy { time = 3, times = -1 }",
            "demo.end { endin { kind = bug } }",
            "sparks { executor.memory = 8g }",
            "stepps = [demo.copy]");

    CommandResult result = validate(useCase);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().map(l -> l.replace(useCase.file().toString(), "FILE")))
        .containsExactlyInAnyOrder(
            "FILE:4: there is no key demo.copy.time, did you mean times?; accepted here: numbers, table,"
                + " times",
            "FILE:4: demo.copy.times is '-1.0'; accepted: a number above 0",
            "FILE:5: there is no key demo.end.endin, did you mean ending?; accepted here: ending, numbers",
            "FILE:6: there is no key sparks, did you mean spark?; accepted here: data-schemas, demo,"
                + " models, observe, root, spark, start-within, steps, use-case",
            "FILE:7: there is no key stepps, did you mean steps?; accepted here: data-schemas, models,"
                + " observe, root, spark, start-within, steps, use-case");
  }

  @Test
  void aTableThatBreaksItsContractIsExitThree() throws IOException {
    DemoUseCase useCase = copies();
    Files.writeString(folder.resolve("numbers.csv"), "id,sum\na,1\n");

    CommandResult result = validate(useCase);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("column 'amount'", "is absent", "[id, sum]");
  }

  @Test
  void aTableOrAContractThatDoesNotExistIsWrongUsage() {
    DemoUseCase useCase = copies();

    CommandResult table = validate(useCase, "--set", "demo.copy.numbers.path=/no/such.csv");
    CommandResult contract = validate(useCase, "--set", "demo.copy.numbers.contract=nothing.v1");

    assertThat(table.exitCode()).isEqualTo(2);
    assertThat(table.err()).contains("/no/such.csv does not exist");
    assertThat(contract.exitCode()).isEqualTo(2);
    assertThat(contract.err()).contains("contract nothing.v1: there is no file");
  }

  @Test
  void aContractWithoutAColumnThatTheJobNeedsIsWrongUsage() throws IOException {
    Files.writeString(
        folder.resolve("mine.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        name: mine
        version: 1.0.0
        schema:
          - name: mine
            properties:
              - name: id
                logicalType: string
        """);
    DemoUseCase useCase =
        copies("data-schemas = \"" + folder + "\"", "demo.copy.numbers.contract = mine.v1");

    CommandResult result = validate(useCase);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("demo.copy.numbers: contract mine.v1", "has no column amount");
  }

  @Test
  void aMalformedDateIsWrongUsage() {
    for (String command : new String[] {"run", "validate"}) {
      CommandResult result = Cli.run(command, copies().file().toString(), "--date", "2026-1-31");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err().lines())
          .containsExactly("--date 2026-1-31: accepted: a date as YYYY-MM-DD, such as 2026-01-31");
    }
  }

  @Test
  void aPropertyThatSparkRefusesIsASentence() {
    CommandResult result =
        validate(copies("spark.sql.shuffle.partitions = many"), "--set", "spark.master=local[1]");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("many").doesNotContain("\tat ");
  }
}

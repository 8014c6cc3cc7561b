package org.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.millrace.cli.InputContracts;
import org.millrace.cli.UseCaseOptions;
import org.millrace.job.Jobs;
import picocli.CommandLine;

/** The use cases that users copy. */
public final class UseCaseFiles {
  private UseCaseFiles() {}

  public static Path of(String name) {
    return Path.of(System.getProperty("millrace.home"), "conf/use-cases", name + ".conf");
  }

  /**
   * Asserts that a use case has steps, that each of its keys is one of its jobs', and that each
   * column that it names is in the contract of its table. Its data is not looked at.
   *
   * @return the use case, to assert more
   */
  public static Jobs.Bound assertBound(String name) {
    UseCaseOptions options = new UseCaseOptions();
    new CommandLine(options).parseArgs(of(name).toString());
    Jobs.Bound bound = options.bind();
    assertThat(bound.steps()).isNotEmpty();
    assertThatCode(() -> InputContracts.check(bound, UseCaseOptions.contracts(bound)))
        .doesNotThrowAnyException();
    return bound;
  }
}

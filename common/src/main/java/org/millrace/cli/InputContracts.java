package org.millrace.cli;

import java.util.List;
import org.millrace.job.Jobs;
import org.millrace.job.NamedTable;
import org.millrace.outcome.Stop;
import org.millrace.table.Contract;
import org.millrace.table.Contracts;

/**
 * Sees before Spark starts that every input has a contract and that the contract has the columns
 * that the job needs.
 */
public final class InputContracts {
  private InputContracts() {}

  /**
   * Checks all steps.
   *
   * @throws org.millrace.outcome.Stop exit 2
   */
  public static void check(Jobs.Bound bound, Contracts contracts) {
    for (Jobs.BoundJob<?> step : bound.steps()) {
      for (NamedTable table : step.tables()) {
        Contract contract = contracts.get(table.ref().contract());
        List<String> absent =
            table.needs().stream().filter(n -> contract.field(n).isEmpty()).toList();
        if (!absent.isEmpty()) {
          throw Stop.usage(
              "%s.%s: contract %s (%s) has no column %s, which the job needs; its columns are %s",
              step.job().name(),
              table.name(),
              contract.id(),
              contract.origin(),
              String.join(", ", absent),
              contract.fieldNames());
        }
      }
    }
  }
}

package org.millrace.features;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.features.privacy.Bounds;
import org.millrace.features.privacy.Budget;
import org.millrace.features.privacy.GroupChoice;
import org.millrace.features.privacy.Ledger;
import org.millrace.features.privacy.Statistic;
import org.millrace.table.TableRef;

/**
 * The keys of private aggregates; defaults and meanings are in {@code reference.conf}.
 *
 * @param person column of whom rows are
 * @param groups columns; none for one group of all rows
 * @param seed of the choice of rows where a person has too many; never of the noise
 */
public record PrivateAggregatesConfig(
    TableRef table,
    String output,
    String person,
    List<String> groups,
    Optional<GroupChoice> choice,
    Bounds bounds,
    List<Statistic> statistics,
    Budget budget,
    long seed) {

  public PrivateAggregatesConfig {
    OutputNames.require(output);
    Check.that(!person.isBlank(), "person", person, "the name of a column");
    Check.that(!groups.contains(person), "groups", groups, "columns other than person");
    Check.that(
        groups.isEmpty() != choice.isPresent(),
        "choice",
        choice,
        "a block where there are groups, none where there are not");
    Check.that(
        !groups.isEmpty() || bounds.groups() == 1,
        "bounds.groups",
        bounds.groups(),
        "1 where there are no groups");
    Check.that(!statistics.isEmpty(), "statistics", statistics, "one or more");
    groups = List.copyOf(groups);
    statistics = List.copyOf(statistics);
  }

  /** What a run costs: costs of statistics on the same persons add up. */
  Ledger.Cost cost() {
    BigDecimal epsilon = choice.map(c -> BigDecimal.valueOf(c.epsilon())).orElse(BigDecimal.ZERO);
    for (Statistic statistic : statistics) {
      epsilon = epsilon.add(BigDecimal.valueOf(statistic.epsilon()));
    }
    return new Ledger.Cost(
        epsilon, choice.map(c -> BigDecimal.valueOf(c.delta())).orElse(BigDecimal.ZERO));
  }
}

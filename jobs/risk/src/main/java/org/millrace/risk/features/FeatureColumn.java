package org.millrace.risk.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.outcome.Stop;
import org.millrace.table.Contract;

/** A column of the table that features are made of. */
public record FeatureColumn(String name, ColumnKind kind) {

  /**
   * The columns that features are made of: all of the contract but those with another part to play
   * and those that the use case excludes.
   *
   * @param others such as the label and the keys
   * @param made columns of numbers that stand beside those of the contract
   * @throws Stop exit 2 where the use case names a column that is not there or takes one for what
   *     it is not
   */
  public static List<FeatureColumn> of(
      Contract contract, FeaturesConfig config, Set<String> others, List<String> made) {
    config.named().forEach(name -> requireKnown(contract, name));
    List<FeatureColumn> columns = new ArrayList<>();
    for (Contract.Field field : contract.fields()) {
      if (!others.contains(field.name()) && !config.exclude().contains(field.name())) {
        kind(contract, field, config)
            .ifPresent(k -> columns.add(new FeatureColumn(field.name(), k)));
      }
    }
    made.forEach(name -> columns.add(new FeatureColumn(name, ColumnKind.NUMERIC)));
    if (columns.isEmpty()) {
      throw Stop.usage(
          "contract %s has no column to make features of, beside %s; name fewer columns in features.exclude",
          contract.id(), String.join(", ", others));
    }
    return List.copyOf(columns);
  }

  private static void requireKnown(Contract contract, String name) {
    if (contract.field(name).isEmpty()) {
      throw Stop.usage(
          "features names column %s, which contract %s does not have; its columns are %s",
          name, contract.id(), String.join(", ", contract.fieldNames()));
    }
  }

  private static Optional<ColumnKind> kind(
      Contract contract, Contract.Field field, FeaturesConfig config) {
    Optional<ColumnKind> named =
        Optional.ofNullable(config.kinds().get(field.name())).flatMap(ColumnKind::of);
    named.ifPresent(
        kind -> {
          if (!kind.takes(field.type().logical())) {
            throw Stop.usage(
                "features.kinds takes column %s for %s, but contract %s says that it is %s",
                field.name(), kind.id(), contract.id(), field.type().logical().article());
          }
        });
    return named.or(() -> ColumnKind.usual(field.type().logical()));
  }
}

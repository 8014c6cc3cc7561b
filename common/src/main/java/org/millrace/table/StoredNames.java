package org.millrace.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;

/** Finds a contract's columns among those of a source. */
final class StoredNames {
  private final Path path;
  private final TableRef ref;
  private final Contract contract;

  /**
   * @throws Stop exit 2 where the configuration speaks of columns that the contract does not have,
   *     or gives a time format to one that is neither a date nor a timestamp
   */
  StoredNames(Path path, TableRef ref, Contract contract) {
    this.path = path;
    this.ref = ref;
    this.contract = contract;
    ref.columns().keySet().forEach(column -> known("columns", column));
    ref.formats()
        .forEach(
            (column, format) -> {
              FieldType type = known("formats", column).type();
              if (!type.isTemporal()) {
                throw Stop.usage(
                    "%s: formats has %s = %s, but contract %s wants %s there; give formats to dates and timestamps only",
                    path, column, format, contract.id(), type.logical().article());
              }
            });
  }

  private Contract.Field known(String key, String column) {
    return contract
        .field(column)
        .orElseThrow(
            () ->
                Stop.usage(
                    "%s: %s speaks of '%s', which contract %s does not know; its columns are %s",
                    path, key, column, contract.id(), contract.fieldNames()));
  }

  /**
   * Contract column to stored column, for those that the source has.
   *
   * @param singleField what to say where the columns are absent since lines were not split; may be
   *     empty
   * @throws Stop exit 3 where the source lacks one that it must have
   */
  Map<String, String> require(List<String> stored, String singleField) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Contract.Field field : contract.fields()) {
      String name = ref.storedName(field.name());
      boolean renamed = ref.columns().containsKey(field.name());
      if (stored.contains(name)) {
        if (stored.contains(name + "#2") && !renamed) {
          throw Stop.contract(
              "%s: the header names column '%s' more than once; choose one with columns { %s = \"%s\" } or \"%s#2\"",
              path, name, field.name(), name, name);
        }
        names.put(field.name(), name);
      } else if (renamed) {
        throw absent(
            "column '%s' (for %s)".formatted(name, field.name()),
            stored,
            hint(name, stored, singleField));
      } else if (field.required() || alike(name, stored).isPresent()) {
        throw absent(wanted(field, name), stored, hint(name, stored, singleField));
      }
    }
    return names;
  }

  /** Contract column to the key that it has wherever a line has it. */
  Map<String, String> expect(List<String> seen) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Contract.Field field : contract.fields()) {
      String name = ref.storedName(field.name());
      if (!seen.contains(name) && alike(name, seen).isPresent()) {
        throw absent(wanted(field, name), seen, hint(name, seen, ""));
      }
      names.put(field.name(), name);
    }
    return names;
  }

  private String wanted(Contract.Field field, String name) {
    return "column '%s' that contract %s %s"
        .formatted(name, contract.id(), field.required() ? "requires" : "has");
  }

  private String hint(String name, List<String> stored, String singleField) {
    return alike(name, stored)
        .map("; there is '%s': write it under columns"::formatted)
        .orElse(
            singleField.isEmpty()
                ? "; if it bears another name, write it under columns"
                : singleField);
  }

  private Optional<String> alike(String name, List<String> stored) {
    return stored.stream()
        .filter(s -> s.equalsIgnoreCase(name) && !s.equals(name))
        .filter(s -> !ref.columns().containsValue(s))
        .findFirst();
  }

  private Stop absent(String what, List<String> stored, String hint) {
    return Stop.contract("%s: %s is absent; it has %s%s", path, what, stored, hint);
  }
}

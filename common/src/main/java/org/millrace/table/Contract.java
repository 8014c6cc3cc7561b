package org.millrace.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table promises: its columns, what each row must hold, and which keys are unique. Read from
 * one file of the Open Data Contract Standard v3 by {@link ContractFile}.
 *
 * @param id name and major version, such as {@code ratings.v1}: the file's name without its ending
 * @param version the contract's full version, such as {@code 1.2.0}
 * @param hash SHA-256 of the file's bytes, in hexadecimal
 * @param origin where the file was read, for messages
 * @param keys sets of columns whose values no two rows share: the primary key first
 * @param duplicates what becomes of rows that share a key
 */
public record Contract(
    String id,
    String version,
    String hash,
    String origin,
    String description,
    List<Field> fields,
    List<List<String>> keys,
    Duplicates duplicates) {

  /**
   * A column.
   *
   * @param unit such as {@code seconds}; empty where it has none
   * @param rules what a value that is there must satisfy, beyond being of its type
   * @param tags the standard's {@code tags} of the column, and its {@code classification}
   */
  public record Field(
      String name,
      FieldType type,
      boolean required,
      String description,
      String unit,
      List<Rule> rules,
      List<String> tags) {
    private Field takingDamaged() {
      List<Rule> others = rules.stream().filter(r -> !(r instanceof Rule.Undamaged)).toList();
      return new Field(name, type, required, description, unit, others, tags);
    }
  }

  /** What becomes of rows that share the values of a key. */
  public sealed interface Duplicates {
    /** None of them is taken: nobody can say which one is right. */
    record RejectAll() implements Duplicates {}

    /** The one with the greatest value of a column is taken, the others are rejected. */
    record KeepNewest(String by) implements Duplicates {}
  }

  /** The same contract, which asks nothing of damaged strings in these columns. */
  Contract takingDamaged(Set<String> columns) {
    List<Field> asked =
        fields.stream().map(f -> columns.contains(f.name()) ? f.takingDamaged() : f).toList();
    return new Contract(id, version, hash, origin, description, asked, keys, duplicates);
  }

  public Optional<Field> field(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  public List<String> fieldNames() {
    return fields.stream().map(Field::name).toList();
  }

  /** The Spark schema of rows that keep this contract; required columns are not nullable. */
  public StructType schema() {
    return fields.stream()
        .map(f -> DataTypes.createStructField(f.name(), f.type().spark(), !f.required()))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(), fs -> new StructType(fs.toArray(StructField[]::new))));
  }
}

package org.millrace.risk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.millrace.table.Contract;
import org.millrace.table.Contracts;
import org.millrace.table.FieldType.Logical;

/**
 * Rows that keep a contract, made by chance, with a truth of our own: the label goes by one column
 * alone.
 *
 * @param label the column of the label
 * @param no what a row mostly has whose telling column is small
 * @param yes what the others mostly have
 * @param tells a column of numbers, above 6 of 0 to 9 for the rows that mostly have the second
 */
record MadeTable(Contract contract, String label, String no, String yes, String tells) {
  private static final double WRONG = 0.1;

  static MadeTable of(Path home, String contract, String label, String no, String yes, String by) {
    Contract read = new Contracts(List.of(home.resolve("data-schemas"))).get(contract);
    return new MadeTable(read, label, no, yes, by);
  }

  /** Writes the rows, one in twenty of the other values missing, and gives the file back. */
  Path write(Path file, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    List<Contract.Field> fields = contract.fields();
    StringBuilder text =
        new StringBuilder(
            fields.stream().map(Contract.Field::name).collect(Collectors.joining(",", "", "\n")));
    for (int id = 1; id <= rows; id++) {
      int telling = random.nextInt(10);
      boolean positive = telling > 6 != random.nextDouble() < WRONG;
      StringJoiner row = new StringJoiner(",");
      for (Contract.Field field : fields) {
        row.add(
            contract.keys().get(0).contains(field.name())
                ? String.valueOf(id)
                : field.name().equals(label)
                    ? positive ? yes : no
                    : field.name().equals(tells) ? String.valueOf(telling) : value(field, random));
      }
      text.append(row).append('\n');
    }
    return Files.writeString(file, text);
  }

  private static String value(Contract.Field field, Random random) {
    if (random.nextInt(20) == 0) {
      return "";
    }
    int drawn = random.nextInt(10);
    return field.type().logical() == Logical.STRING ? "level" + drawn : String.valueOf(drawn);
  }
}

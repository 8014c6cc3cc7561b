package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables against the contract's meaning in a few lines of plain Java. */
final class OracleTest {
  private static final String CONTRACT =
      """
      - {name: id, logicalType: string, required: true, unique: true}
      - {name: n, logicalType: integer, required: true, logicalTypeOptions: {minimum: 0, exclusiveMaximum: 100}}
      - {name: x, logicalType: number, logicalTypeOptions: {maximum: 5, multipleOf: 0.5}}
      """;
  private static final String[] NUMBERS = {"0", "99", "100", "-1", "2.5", "abc", "", "7", "8", "9"};
  private static final String[] HALVES = {"", "0.5", "5", "5.5", "0.3", "NaN", "x", "-2", "1e0"};

  @TempDir Path folder;

  /** What a row breaks, keys aside. */
  private static List<String> broken(String n, String x) {
    List<String> rules = new ArrayList<>();
    if (n.isEmpty()) {
      rules.add("n.required");
    } else if (!n.matches("-?\\d+")) {
      rules.add("n.type");
    } else {
      if (Long.parseLong(n) < 0) {
        rules.add("n.minimum");
      }
      if (Long.parseLong(n) >= 100) {
        rules.add("n.exclusiveMaximum");
      }
    }
    if (x.equals("x")) {
      rules.add("x.type");
    } else if (x.equals("NaN")) {
      rules.addAll(List.of("x.finite", "x.maximum"));
    } else if (!x.isEmpty()) {
      double value = Double.parseDouble(x);
      if (value > 5) {
        rules.add("x.maximum");
      }
      if (value * 2 != Math.rint(value * 2)) {
        rules.add("x.multipleOf");
      }
    }
    return rules;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void splitsAsPlainJavaDoes(long seed) {
    Random random = new Random(seed);
    Fixture fixture = new Fixture(folder).contract("o.v1", CONTRACT);
    List<String[]> rows = new ArrayList<>();
    int files = 1 + random.nextInt(4);
    for (int file = 0; file < files; file++) {
      StringBuilder text = new StringBuilder("id,tag,n,x\n");
      for (int i = random.nextInt(200); i >= 0; i--) {
        String[] row = {
          "" + random.nextInt(300),
          "t" + rows.size(),
          NUMBERS[random.nextInt(NUMBERS.length)],
          HALVES[random.nextInt(HALVES.length)]
        };
        rows.add(row);
        text.append(String.join(",", row)).append('\n');
      }
      fixture.write("t/%d.csv".formatted(file), text.toString());
    }

    List<String[]> wellFormed = rows.stream().filter(r -> broken(r[2], r[3]).isEmpty()).toList();
    Map<String, Long> times =
        wellFormed.stream().collect(Collectors.groupingBy(r -> r[0], Collectors.counting()));
    List<String> expectedGood =
        wellFormed.stream().filter(r -> times.get(r[0]) == 1).map(r -> r[0]).sorted().toList();
    Map<String, List<String>> expectedBroken = new TreeMap<>();
    rows.stream()
        .filter(r -> !broken(r[2], r[3]).isEmpty())
        .forEach(r -> expectedBroken.put(r[1], broken(r[2], r[3])));
    long again = wellFormed.stream().filter(r -> times.get(r[0]) > 1).count();

    try (CheckedTable table = fixture.open(ref(fixture.path("t"), "o.v1").build()).cache()) {
      assertThat(table.rows().collectAsList().stream().map(r -> r.getString(0)).sorted().toList())
          .isEqualTo(expectedGood);
      Map<String, List<String>> found = new TreeMap<>();
      long unique = 0;
      for (Row reject : Fixture.rejects(table).collectAsList()) {
        List<String> rules = reject.getList(reject.fieldIndex("rules"));
        if (rules.equals(List.of("id.unique"))) {
          unique++;
        } else {
          String tag = reject.<String>getAs("row").replaceAll(".*\"tag\":\"(t\\d+)\".*", "$1");
          found.put(tag, rules);
        }
      }
      assertThat(found).isEqualTo(expectedBroken);
      assertThat(unique).isEqualTo(again);
      assertThat(table.seen()).isEqualTo(rows.size());
      assertThat(table.rejected()).isEqualTo(rows.size() - expectedGood.size());
    }
  }
}

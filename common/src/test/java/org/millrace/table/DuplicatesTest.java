package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Fixture.ref;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuplicatesTest {
  private static final String KEYED =
      """
      - {name: k, logicalType: string, primaryKey: true, primaryKeyPosition: 1}
      - {name: l, logicalType: integer, primaryKey: true, primaryKeyPosition: 2}
      - {name: t, logicalType: integer}
      - {name: v, logicalType: string}
      """;

  @TempDir Path folder;

  @Test
  void rejectsAllRowsOfAKeyThatOccursAgain() {
    Fixture fixture = new Fixture(folder).contract("k.v1", KEYED);
    Path file = fixture.write("t.csv", "k,l,t,v\na,1,1,x\na,2,1,x\na,1,2,y\nb,1,1,x\na,bad,1,\n");

    try (CheckedTable table = fixture.open(ref(file, "k.v1").build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[a,2,1,x]", "[b,1,1,x]");
      assertThat(Fixture.rulesByRow(table))
          .containsEntry("{\"k\":\"a\",\"l\":1,\"t\":1,\"v\":\"x\"}", List.of("k+l.unique"))
          .containsEntry("{\"k\":\"a\",\"l\":1,\"t\":2,\"v\":\"y\"}", List.of("k+l.unique"))
          .hasSize(3);
      assertThat(Fixture.reasons(table)).contains("the row must be the only row of its key (k, l)");
      assertThat(table.seen()).isEqualTo(5);
      assertThat(table.rejected()).isEqualTo(3);
    }
  }

  @Test
  void keepsTheNewestWhateverTheOrderOfRowsAndFiles() {
    Fixture fixture = new Fixture(folder).contract("k.v1", KEYED, Fixture.keepNewest("t"));
    String head = "k,l,t,v\n";
    fixture.write("one/a.csv", head + "a,1,1,old\na,1,2,p\na,1,2,q\na,1,2,q\na,1,,r\nb,1,,s\n");
    fixture.write("many/a.csv", head + "a,1,,r\na,1,2,q\n");
    fixture.write("many/b.csv", head + "a,1,2,q\nb,1,,s\n");
    fixture.write("many/c.csv", head + "a,1,2,p\na,1,1,old\n");

    List<String> kept = null;
    for (String name : List.of("one", "many")) {
      try (CheckedTable table = fixture.open(ref(fixture.path(name), "k.v1").build()).cache()) {
        List<String> rows = Fixture.sorted(table.rows());
        assertThat(rows).hasSize(2).contains("[b,1,null,s]");
        assertThat(rows.get(0)).startsWith("[a,1,2,");
        assertThat(kept == null ? rows : kept).isEqualTo(rows);
        kept = rows;
        assertThat(table.rejected()).isEqualTo(4);
        assertThat(Fixture.reasons(table))
            .containsOnly("the row must be the row with the greatest t of its key (k, l)");
      }
    }
  }

  @Test
  void checksEachKeyAmongTheRowsThatAreStillGood() {
    Fixture fixture =
        new Fixture(folder)
            .contract(
                "k.v1",
                "- {name: a, logicalType: integer, primaryKey: true}\n- {name: b, unique: true}");
    Path file = fixture.write("t.csv", "a,b\n1,x\n1,y\n2,x\n3,z\n4,z\n");

    try (CheckedTable table = fixture.open(ref(file, "k.v1").build()).cache()) {
      assertThat(Fixture.sorted(table.rows())).containsExactly("[2,x]");
      assertThat(Fixture.rulesByRow(table))
          .isEqualTo(
              Map.of(
                  "{\"a\":1,\"b\":\"x\"}", List.of("a.unique"),
                  "{\"a\":1,\"b\":\"y\"}", List.of("a.unique"),
                  "{\"a\":3,\"b\":\"z\"}", List.of("b.unique"),
                  "{\"a\":4,\"b\":\"z\"}", List.of("b.unique")));
    }
  }
}

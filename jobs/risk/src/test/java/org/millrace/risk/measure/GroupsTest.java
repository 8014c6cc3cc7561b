package org.millrace.risk.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;
import org.millrace.risk.model.Task;

class GroupsTest {

  /** Selected and positive rows of each group are planted. */
  private static Groups planted() {
    Groups groups = new Groups("region", Task.BINARY, 0.5);
    fill(groups, "north", 100, 40, 30, 20);
    fill(groups, "south", 200, 40, 20, 10);
    fill(groups, null, 10, 10, 0, 0);
    return groups;
  }

  private static void fill(
      Groups groups, String group, int rows, int positive, int hit, int alarm) {
    for (int i = 0; i < rows; i++) {
      boolean isPositive = i < positive;
      boolean selected = isPositive ? i < hit : i - positive < alarm;
      groups.add(group, isPositive ? 1 : 0, new double[] {selected ? 0.9 : 0.1});
    }
  }

  @Test
  void ratesAreThoseThatWerePlanted() {
    Groups groups = planted();
    GroupTally north = groups.byValue().get("north");
    assertThat(north.rows()).isEqualTo(100);
    assertThat(north.confusion().selectionRate()).isEqualTo(0.5);
    assertThat(north.confusion().recall()).isEqualTo(0.75);
    assertThat(north.confusion().falsePositiveRate()).isEqualTo(20 / 60.0);
    assertThat(north.confusion().precision()).isEqualTo(0.6);
    assertThat(north.meanTruth()).isEqualTo(0.4);
    assertThat(north.meanSaid()).isCloseTo(0.5, within(1e-12));
    assertThat(north.calibrationError())
        .isCloseTo((50 * (0.9 - 0.6) + 50 * (0.2 - 0.1)) / 100, within(1e-12));
    assertThat(groups.byValue()).containsKey("(missing)");
  }

  /** The group without a value has too few rows to be compared. */
  @Test
  void differencesAreThoseOfTheGroupsWithEnoughRows() {
    assertThat(planted().differences())
        .extracting(m -> m.name())
        .containsExactly(
            "demographic-parity-difference-region",
            "equal-opportunity-difference-region",
            "false-positive-rate-difference-region");
    assertThat(planted().differences().get(0).value()).isCloseTo(0.5 - 30 / 200.0, within(1e-12));
    assertThat(planted().differences().get(1).value()).isCloseTo(0.75 - 0.5, within(1e-12));
    assertThat(planted().differences().get(2).value())
        .isCloseTo(20 / 60.0 - 10 / 160.0, within(1e-12));
  }

  @Test
  void partsAddUp() {
    Groups both = planted();
    both.merge(planted());
    assertThat(both.byValue().get("south").rows()).isEqualTo(400);
    assertThat(both.differences().get(1).value()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void regressionsAreComparedByTheirMeanError() {
    Groups groups = new Groups("shop", Task.REGRESSION, 0.5);
    for (int i = 0; i < 50; i++) {
      groups.add("a", i, new double[] {i + 2});
      groups.add("b", i, new double[] {i - 1});
    }
    assertThat(groups.differences().get(0).value()).isCloseTo(3, within(1e-12));
    assertThat(GroupReport.table(groups).rows().get(0)).contains("a", "50", "2.0000");
  }

  @Test
  void aColumnOfTooManyValuesIsNamed() {
    Groups groups = new Groups("customer", Task.BINARY, 0.5);
    for (int i = 0; i < 101; i++) {
      groups.add("c" + i, 0, new double[] {0.1});
    }
    assertThatThrownBy(groups::byValue)
        .isInstanceOf(Stop.class)
        .hasMessageContaining("customer")
        .hasMessageContaining("more than 100 values");
  }
}

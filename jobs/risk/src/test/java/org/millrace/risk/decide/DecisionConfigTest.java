package org.millrace.risk.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.config.Check;
import org.millrace.eval.ScoreHistogram;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class DecisionConfigTest {

  /** Probabilities that are true: rows come as often as is told. */
  private static ScoreHistogram told(double[] p, boolean[] came) {
    Random random = new Random(5);
    ScoreHistogram told = new ScoreHistogram();
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.pow(random.nextDouble(), 3);
      came[i] = random.nextDouble() < p[i];
      told.add(p[i], came[i]);
    }
    return told;
  }

  private final double[] p = new double[100_000];
  private final boolean[] came = new boolean[p.length];
  private final ScoreHistogram told = told(p, came);

  private double[] counted(double threshold) {
    double selected = 0;
    double right = 0;
    double positive = 0;
    for (int i = 0; i < p.length; i++) {
      positive += came[i] ? 1 : 0;
      if (p[i] >= threshold) {
        selected++;
        right += came[i] ? 1 : 0;
      }
    }
    return new double[] {selected / p.length, right / selected, right / positive};
  }

  /** Where probabilities are true, the least cost is at (fp - tn) / (fp - tn + fn - tp). */
  @Test
  void costsAreLeastWhereElkanSays() {
    Decision decision = new DecisionConfig.Cost(1, 4, -1, 0).fit(told).orElseThrow();
    assertThat(decision.threshold()).isCloseTo(1.0 / 6, within(0.02));
    double[] counted = counted(decision.threshold());
    double positive = counted[0] * counted[1] / counted[2];
    double right = counted[0] * counted[1];
    double expected = (counted[0] - right) * 1 + (positive - right) * 4 - right;
    assertThat(decision.cost()).isCloseTo(expected, within(1e-9));
    assertThat(decision.describe()).contains("false negative 4.0").contains("at a cost of");
  }

  @Test
  void whatIsExpectedIsWhatIsCountedAboveTheThreshold() {
    for (DecisionConfig config :
        new DecisionConfig[] {
          new DecisionConfig.Precision(0.8), new DecisionConfig.Capacity(0.05)
        }) {
      Decision decision = config.fit(told).orElseThrow();
      double[] counted = counted(decision.threshold());
      assertThat(decision.selected()).isCloseTo(counted[0], within(1e-12));
      assertThat(decision.precision()).isCloseTo(counted[1], within(1e-12));
      assertThat(decision.recall()).isCloseTo(counted[2], within(1e-12));
    }
  }

  @Test
  void capacityIsUsedAndNeverExceeded() {
    Decision decision = new DecisionConfig.Capacity(0.05).fit(told).orElseThrow();
    assertThat(decision.selected()).isBetween(0.045, 0.05);
  }

  @Test
  void precisionIsReachedByTheMostRows() {
    Decision decision = new DecisionConfig.Precision(0.8).fit(told).orElseThrow();
    assertThat(decision.precision()).isGreaterThanOrEqualTo(0.8);
    assertThat(counted(decision.threshold() * 0.97)[1]).isLessThan(0.8);
  }

  @Test
  void anUnreachablePrecisionIsRefusedWithTheBestThereIs() {
    ScoreHistogram poor = new ScoreHistogram();
    for (int i = 0; i < 1000; i++) {
      poor.add(i < 100 ? 0.6 : 0.2, i % 2 == 0 && i < 300);
    }
    Stop stop = catchThrowableOfType(Stop.class, () -> new DecisionConfig.Precision(0.9).fit(poor));
    assertThat(stop.exitCode()).isEqualTo(ExitCode.GATE);
    assertThat(stop).hasMessageContaining("0.9").hasMessageContaining("0.5000");
    assertThat(stop).hasMessageContaining("selects 100 of 1000 rows");
  }

  @Test
  void aCapacityBelowTheFirstTieIsRefused() {
    ScoreHistogram tied = new ScoreHistogram();
    for (int i = 0; i < 100; i++) {
      tied.add(0.3, i % 3 == 0);
    }
    assertThatThrownBy(() -> new DecisionConfig.Capacity(0.1).fit(tied))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("100 of 100 rows");
  }

  @Test
  void nobodyIsSelectedWhereThatIsCheapest() {
    ScoreHistogram hopeless = new ScoreHistogram();
    for (int i = 0; i < 100; i++) {
      hopeless.add(0.01, i == 0);
    }
    Decision decision = new DecisionConfig.Cost(100, 1, 0, 0).fit(hopeless).orElseThrow();
    assertThat(decision.selects(1)).isFalse();
    assertThat(decision.selected()).isZero();
    assertThat(decision.cost()).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void aFixedThresholdSaysWhatItBrings() {
    Decision decision = new DecisionConfig.Fixed(0.5).fit(told).orElseThrow();
    assertThat(decision.selects(0.5)).isTrue();
    assertThat(decision.precision()).isCloseTo(counted(0.5)[1], within(1e-12));
    assertThat(new DecisionConfig.None().fit(told)).isEmpty();
  }

  @Test
  void costsThatRewardMistakesAreRefused() {
    assertThatThrownBy(() -> new DecisionConfig.Cost(1, 2, 3, 0))
        .isInstanceOf(Check.InvalidValue.class)
        .hasMessageContaining("above true-positive");
  }

  @Test
  void decisionsSurviveTheirFiles() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Decision nobody = new Decision(Math.nextUp(1.0), "a rule", 0, Double.NaN, 0, 3);
    assertThat(json.readValue(json.writeValueAsString(nobody), Decision.class)).isEqualTo(nobody);
  }
}

package org.millrace.features.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FunnelStateTest {
  private static final int WITHIN = 12;

  /** By trying every chain. */
  private static int naive(List<long[]> events, int[] steps) {
    int best = 0;
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i)[0] == steps[0]) {
        best = Math.max(best, naive(events, steps, i, 1, events.get(i)[1]));
      }
    }
    return best;
  }

  private static int naive(List<long[]> events, int[] steps, int at, int done, long began) {
    int best = done;
    for (int i = at + 1; done < steps.length && i < events.size(); i++) {
      if (events.get(i)[0] == steps[done] && events.get(i)[1] - began <= WITHIN) {
        best = Math.max(best, naive(events, steps, i, done + 1, began));
      }
    }
    return best;
  }

  private static FunnelState state(List<long[]> events, int[] steps) {
    FunnelState state = new FunnelState(steps.length, WITHIN);
    for (long[] event : events) {
      boolean[] does = new boolean[steps.length];
      for (int i = 0; i < steps.length; i++) {
        does[i] = steps[i] == event[0];
      }
      state.add(does, event[1]);
    }
    return state;
  }

  @Test
  void anyCutOfTheEventsGivesWhatAllChainsGive() {
    Random random = new Random(5);
    int[][] funnels = {{0, 1, 2}, {0, 1, 0, 2}, {1, 1}, {0, 1, 2, 3}};
    int[] seen = new int[6];
    for (int round = 0; round < 3000; round++) {
      int[] steps = funnels[random.nextInt(funnels.length)];
      List<long[]> events = new ArrayList<>();
      long at = 0;
      int length = random.nextInt(14);
      for (int i = 0; i < length; i++) {
        at += 1 + random.nextInt(5);
        events.add(new long[] {random.nextInt(4), at});
      }
      int expected = naive(events, steps);
      seen[expected]++;
      FunnelState parts = new FunnelState(steps.length, WITHIN);
      int from = 0;
      while (from < events.size()) {
        int to = Math.min(events.size(), from + 1 + random.nextInt(5));
        long[] written = state(events.subList(from, to), steps).toArray();
        parts.add(FunnelState.of(written, steps.length, WITHIN));
        from = to;
      }
      assertThat(state(events, steps).reached()).isEqualTo(expected);
      assertThat(parts.reached()).isEqualTo(expected);
    }
    assertThat(seen[0]).isPositive();
    assertThat(seen[3]).isPositive();
    assertThat(seen[4]).isPositive();
  }
}

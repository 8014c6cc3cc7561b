package org.millrace.features.behaviour;

import java.util.Arrays;

/**
 * How far a user has come through the steps of a funnel, from a part of the user's events. Parts
 * that follow each other in time can be put together, so that no task needs all events of a user.
 *
 * <p>Of all chains of steps that are at the same step the one that began last is kept: it has the
 * most time left. For chains that come in from earlier parts, the earliest time at which each later
 * step is reached is kept.
 */
final class FunnelState {
  private static final long NEVER = Long.MIN_VALUE;

  private final int steps;
  private final long within;

  /** When the latest chain that has done step i began; NEVER where there is none. */
  private final long[] began;

  /** Earliest time at which a chain that comes in with step i done has done step j. */
  private final long[][] passage;

  /** Where the greedy chain that came in with step i done stands now. */
  private final int[] standing;

  private int reached;

  /**
   * Of no events.
   *
   * @param within longest time from a chain's first step to its last, in the events' unit
   */
  FunnelState(int steps, long within) {
    this.steps = steps;
    this.within = within;
    this.began = new long[steps];
    this.passage = new long[steps][steps];
    this.standing = new int[steps];
    Arrays.fill(began, NEVER);
    for (int i = 0; i < steps; i++) {
      Arrays.fill(passage[i], NEVER);
      standing[i] = i;
    }
  }

  /**
   * Takes the next event.
   *
   * @param does whether the event is of the kind of step i
   */
  void add(boolean[] does, long at) {
    for (int i = 0; i < steps; i++) {
      int next = standing[i] + 1;
      if (next < steps && does[next]) {
        passage[i][next] = at;
        standing[i] = next;
      }
    }
    // Backwards, so that one event does one step of a chain only.
    for (int step = steps - 1; step >= 1; step--) {
      if (does[step] && isOpen(began[step - 1], at)) {
        reach(step, began[step - 1]);
      }
    }
    if (does[0]) {
      reach(0, at);
    }
  }

  /** Takes the part that follows. */
  void add(FunnelState later) {
    long[] before = began.clone();
    for (int step = 0; step < steps; step++) {
      if (later.began[step] != NEVER) {
        reach(step, later.began[step]);
      }
      for (int from = 0; from < step; from++) {
        long at = later.passage[from][step];
        if (at != NEVER && isOpen(before[from], at)) {
          reach(step, before[from]);
        }
      }
    }
    reached = Math.max(reached, later.reached);
  }

  private boolean isOpen(long start, long at) {
    return start != NEVER && at - start <= within;
  }

  private void reach(int step, long start) {
    began[step] = Math.max(began[step], start);
    reached = Math.max(reached, step + 1);
  }

  /** Steps that were done, in their order and within the time: 0 to all of them. */
  int reached() {
    return reached;
  }

  /** The state as numbers, to be read by {@link #of}. */
  long[] toArray() {
    long[] all = new long[1 + steps + steps * steps];
    all[0] = reached;
    System.arraycopy(began, 0, all, 1, steps);
    for (int i = 0; i < steps; i++) {
      System.arraycopy(passage[i], 0, all, 1 + steps + i * steps, steps);
    }
    return all;
  }

  /** Such a state takes parts, but no events any more. */
  static FunnelState of(long[] all, int steps, long within) {
    FunnelState state = new FunnelState(steps, within);
    state.reached = (int) all[0];
    System.arraycopy(all, 1, state.began, 0, steps);
    for (int i = 0; i < steps; i++) {
      System.arraycopy(all, 1 + steps + i * steps, state.passage[i], 0, steps);
    }
    return state;
  }
}

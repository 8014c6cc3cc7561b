package org.millrace.deep.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.outcome.Stop;

/** Compares the parameters of all ranks by their hashes, which must be equal bit for bit. */
final class ParameterHash {
  private static final long PRIME = 0x100000001b3L;
  private static final long LOW_HALF = 0xffffffffL;

  private final Gathering gathering;

  ParameterHash(Collective collective) {
    gathering = new Gathering(collective);
  }

  /**
   * @throws Stop on every rank, where one differs
   */
  void compare(FloatBuffer parameters, int epoch, int step) {
    long hash = of(parameters);
    List<Gathering.Pair> hashes = gathering.gather(hash >>> 32, hash & LOW_HALF);
    Map<Gathering.Pair, List<Integer>> ranks = new LinkedHashMap<>();
    for (int rank = 0; rank < hashes.size(); rank++) {
      ranks.computeIfAbsent(hashes.get(rank), h -> new ArrayList<>()).add(rank);
    }
    if (ranks.size() > 1) {
      List<List<Integer>> groups =
          ranks.values().stream().sorted((a, b) -> b.size() - a.size()).toList();
      throw Stop.failed(
          "the ranks' parameters have become different by epoch %d, step %d: ranks %s against %s; their machines compute differently (mixed processors or libraries?) or one has a fault",
          epoch, step, groups.get(0), groups.subList(1, groups.size()));
    }
  }

  /** FNV-1a, a number at a time. */
  static long of(FloatBuffer numbers) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < numbers.limit(); i++) {
      hash = (hash ^ Float.floatToRawIntBits(numbers.get(i))) * PRIME;
    }
    return hash;
  }
}

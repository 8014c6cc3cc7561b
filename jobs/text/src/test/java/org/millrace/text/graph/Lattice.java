package org.millrace.text.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Places on a lattice, where relations lead right, up, and both; some of the last are held out. */
final class Lattice {
  static final int SIDE = 6;
  static final int RELATIONS = 3;

  private Lattice() {}

  /** Queries to learn from, one behind the other. */
  static int[] train() {
    return queries(false).stream().flatMapToInt(java.util.Arrays::stream).toArray();
  }

  /** Held-out queries; each has one answer. */
  static List<int[]> heldOut() {
    return queries(true).stream()
        .map(q -> IntStream.concat(IntStream.of(q), IntStream.of(q[2])).toArray())
        .toList();
  }

  private static List<int[]> queries(boolean heldOut) {
    List<int[]> queries = new ArrayList<>();
    for (int x = 0; x < SIDE; x++) {
      for (int y = 0; y < SIDE; y++) {
        for (int r = 0; r < RELATIONS; r++) {
          int right = x + (r == 1 ? 0 : 1);
          int up = y + (r == 0 ? 0 : 1);
          if (right < SIDE && up < SIDE && (r == 2 && (x + y) % 3 == 0) == heldOut) {
            int from = x * SIDE + y;
            int to = right * SIDE + up;
            queries.add(new int[] {from, r, to});
            queries.add(new int[] {to, r + RELATIONS, from});
          }
        }
      }
    }
    return queries;
  }
}

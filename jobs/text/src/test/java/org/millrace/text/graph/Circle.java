package org.millrace.text.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A graph with planted truth: people in a circle, where relation 0 leads to the next, 1 to the one
 * after it, 2 across (and is its own inverse). Some triples are held out; the others tell them.
 */
final class Circle {
  static final int PEOPLE = 24;
  static final int RELATIONS = 3;

  private Circle() {}

  private static List<int[]> triples() {
    List<int[]> triples = new ArrayList<>();
    int[] steps = {1, 2, PEOPLE / 2};
    for (int person = 0; person < PEOPLE; person++) {
      for (int r = 0; r < RELATIONS; r++) {
        triples.add(new int[] {person, r, (person + steps[r]) % PEOPLE});
      }
    }
    return triples;
  }

  private static boolean heldOut(int[] triple) {
    return triple[1] == 1 && triple[0] % 4 == 0;
  }

  private static List<int[]> directed(boolean heldOut) {
    List<int[]> queries = new ArrayList<>();
    for (int[] t : triples()) {
      if (heldOut(t) == heldOut) {
        queries.add(t);
        queries.add(new int[] {t[2], t[1] + RELATIONS, t[0]});
      }
    }
    return queries;
  }

  /** Queries to learn from, one behind the other. */
  static int[] train() {
    return directed(false).stream().flatMapToInt(java.util.Arrays::stream).toArray();
  }

  /** Held-out queries with their known answers. */
  static List<int[]> heldOut() {
    TreeMap<String, TreeSet<Integer>> known = new TreeMap<>();
    for (boolean side : new boolean[] {true, false}) {
      for (int[] q : directed(side)) {
        known.computeIfAbsent(q[0] + " " + q[1], k -> new TreeSet<>()).add(q[2]);
      }
    }
    return directed(true).stream()
        .map(
            q ->
                java.util.stream.IntStream.concat(
                        java.util.Arrays.stream(q),
                        known.get(q[0] + " " + q[1]).stream().mapToInt(i -> i))
                    .toArray())
        .toList();
  }
}

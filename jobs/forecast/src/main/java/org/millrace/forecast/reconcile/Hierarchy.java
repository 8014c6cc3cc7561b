package org.millrace.forecast.reconcile;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.millrace.config.Check;

/**
 * Which series are parts of which, and how their forecasts are made to add up.
 *
 * @param parents of each part the series that it is part of
 */
public record Hierarchy(Reconciliation method, Map<String, String> parents)
    implements java.io.Serializable {
  /** The map travels with each task. */
  private static final int MOST = 100_000;

  public Hierarchy {
    Check.that(
        !parents.isEmpty() && parents.size() <= MOST,
        "parents",
        parents.size() + " series",
        "a block { part = whole ... } of 1 to %d series".formatted(MOST));
    for (String part : parents.keySet()) {
      Set<String> seen = new HashSet<>();
      for (String at = part; at != null; at = parents.get(at)) {
        Check.that(seen.add(at), "parents", at, "series that are not part of themselves");
      }
    }
    parents = new TreeMap<>(parents);
  }

  /** The trees by the names of their roots. */
  Map<String, Tree> trees() {
    Map<String, Tree> trees = new TreeMap<>();
    for (String whole : parents.values()) {
      if (!parents.containsKey(whole)) {
        trees.computeIfAbsent(whole, root -> Tree.of(root, parents));
      }
    }
    return trees;
  }

  /** The root of each series of a tree. */
  Map<String, String> roots() {
    Map<String, String> roots = new TreeMap<>();
    trees().forEach((root, tree) -> tree.names().forEach(name -> roots.put(name, root)));
    return roots;
  }
}

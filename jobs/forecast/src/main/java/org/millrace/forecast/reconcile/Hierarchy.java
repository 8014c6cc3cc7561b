package org.millrace.forecast.reconcile;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** A matrix of this size is 32 MB. */
  private static final int MOST_WITH_COVARIANCES = 2_000;

  public Hierarchy {
    Check.that(
        !parents.isEmpty() && parents.size() <= MOST,
        "parents",
        parents.size() + " series",
        "a block { part = whole ... } of 1 to %d series".formatted(MOST));
    parents = new TreeMap<>(parents);
    Optional<String> circle = partOfItself(parents);
    Check.that(
        circle.isEmpty(), "parents", circle.orElse(""), "series that are not part of themselves");
    int largest = 0;
    if (circle.isEmpty() && method == Reconciliation.MINT_SHRINK) {
      for (Tree tree : trees(parents).values()) {
        largest = Math.max(largest, tree.size());
      }
    }
    Check.that(
        largest <= MOST_WITH_COVARIANCES,
        "parents",
        "a tree of " + largest + " series",
        "trees of at most %d series with mint-shrink; wls-variance takes larger ones"
            .formatted(MOST_WITH_COVARIANCES));
  }

  /** The way from a series up to itself, where there is one. */
  private static Optional<String> partOfItself(Map<String, String> parents) {
    Set<String> above = new HashSet<>(); // Of these it is known that they lead to a root.
    for (String part : parents.keySet()) {
      Set<String> way = new LinkedHashSet<>();
      for (String at = part; at != null && !above.contains(at); at = parents.get(at)) {
        if (!way.add(at)) {
          return Optional.of(String.join(" in ", way) + " in " + at);
        }
      }
      above.addAll(way);
    }
    return Optional.empty();
  }

  /** The trees by the names of their roots. */
  Map<String, Tree> trees() {
    return trees(parents);
  }

  private static Map<String, Tree> trees(Map<String, String> parents) {
    Map<String, Tree> trees = new TreeMap<>();
    for (String whole : parents.values()) {
      if (!parents.containsKey(whole)) {
        trees.computeIfAbsent(whole, root -> Tree.of(root, parents));
      }
    }
    return trees;
  }

  /** All parts and wholes, in the order of their names. */
  public List<String> names() {
    return List.copyOf(roots().keySet());
  }

  /** The root of each series of a tree. */
  Map<String, String> roots() {
    Map<String, String> roots = new TreeMap<>();
    trees().forEach((root, tree) -> tree.names().forEach(name -> roots.put(name, root)));
    return roots;
  }
}

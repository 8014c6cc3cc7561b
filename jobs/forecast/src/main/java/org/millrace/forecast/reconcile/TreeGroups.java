package org.millrace.forecast.reconcile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reconciles sorted rows: one tree at one time after the other. */
final class TreeGroups implements Iterator<Row> {

  /** Where columns stand; -1 where there is none. */
  record Places(
      int key,
      int root,
      int time,
      int mean,
      int probabilities,
      int quantiles,
      int reason,
      int errors)
      implements java.io.Serializable {}

  private static final String WITHOUT_COVARIANCES =
      "reconciled as by wls-variance: the series of its tree do not end together, or have less than four errors at common times";

  private final Iterator<Row> rows;
  private final Places at;
  private final Map<String, Tree> trees;
  private final Reconciliation method;
  private Iterator<Row> made = Collections.emptyIterator();
  private Row next;
  private String root = "";
  private Optional<MinTrace> covariances = Optional.empty();

  TreeGroups(Iterator<Row> rows, Places at, Map<String, Tree> trees, Reconciliation method) {
    this.rows = rows;
    this.at = at;
    this.trees = trees;
    this.method = method;
    advance();
  }

  @Override
  public boolean hasNext() {
    return made.hasNext() || next != null;
  }

  @Override
  public Row next() {
    if (!made.hasNext()) {
      made = group().iterator();
    }
    return made.next();
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  private List<Row> group() {
    Row first = next;
    List<Row> group = new ArrayList<>(List.of(first));
    advance();
    if (first.isNullAt(at.root())) {
      return group;
    }
    while (next != null
        && first.get(at.root()).equals(next.get(at.root()))
        && first.get(at.time()).equals(next.get(at.time()))) {
      group.add(next);
      advance();
    }
    return coherent(group, trees.get(first.getString(at.root())));
  }

  private List<Row> coherent(List<Row> group, Tree tree) {
    Map<String, Row> byName = new TreeMap<>();
    group.forEach(row -> byName.put(String.valueOf(row.get(at.key())), row));
    if (method == Reconciliation.MINT_SHRINK && !tree.names().get(0).equals(root)) {
      root = tree.names().get(0);
      covariances = covariances(byName, tree);
    }
    double[] base = new double[tree.size()];
    double[] variances = new double[tree.size()];
    for (int node = 0; node < tree.size(); node++) {
      String name = tree.names().get(node);
      Row row = byName.get(name);
      if (row == null) {
        String reason = "not reconciled: %s has no forecast at this time".formatted(name);
        return group.stream().map(r -> changed(r, 0, Optional.of(reason))).toList();
      }
      base[node] = row.getDouble(at.mean());
      variances[node] =
          Spread.variance(row.getList(at.probabilities()), row.getList(at.quantiles()));
    }
    double[] coherent =
        covariances
            .map(m -> m.coherent(base))
            .orElseGet(() -> method.coherent(tree, base, variances));
    Optional<String> reason =
        method == Reconciliation.MINT_SHRINK && covariances.isEmpty()
            ? Optional.of(WITHOUT_COVARIANCES)
            : Optional.empty();
    List<Row> moved = new ArrayList<>();
    for (int node = 0; node < tree.size(); node++) {
      Row row = byName.get(tree.names().get(node));
      Object[] values = values(changed(row, coherent[node] - base[node], reason));
      values[at.mean()] = coherent[node];
      moved.add(RowFactory.create(values));
    }
    return moved;
  }

  /** Nothing where its series do not all begin at this time, or have too few errors in common. */
  private Optional<MinTrace> covariances(Map<String, Row> byName, Tree tree) {
    List<double[]> errors = new ArrayList<>();
    for (String name : tree.names()) {
      Row row = byName.get(name);
      if (row == null || row.isNullAt(at.errors())) {
        return Optional.empty();
      }
      errors.add(row.<Double>getList(at.errors()).stream().mapToDouble(e -> e).toArray());
    }
    return TreeErrors.common(errors)
        .map(common -> new MinTrace(tree, ShrunkCovariance.of(common).matrix()));
  }

  /** Moves the quantiles, and says what there is to say. */
  private Row changed(Row row, double shift, Optional<String> reason) {
    Object[] values = values(row);
    List<Double> quantiles = row.getList(at.quantiles());
    values[at.quantiles()] = quantiles.stream().mapToDouble(q -> q + shift).toArray();
    values[at.probabilities()] =
        row.<Double>getList(at.probabilities()).stream().mapToDouble(p -> p).toArray();
    if (at.errors() >= 0) {
      values[at.errors()] = null;
    }
    reason.ifPresent(
        r ->
            values[at.reason()] =
                row.isNullAt(at.reason()) ? r : row.getString(at.reason()) + "; " + r);
    return RowFactory.create(values);
  }

  private static Object[] values(Row row) {
    Object[] values = new Object[row.length()];
    Arrays.setAll(values, row::get);
    return values;
  }
}

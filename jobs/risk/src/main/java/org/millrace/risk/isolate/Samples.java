package org.millrace.risk.isolate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.risk.draw.SplitMix;
import org.millrace.risk.learn.Examples;

/**
 * The rows that each tree of an isolation forest is grown of: for each tree those whose hash with
 * the number of the tree is least. They are the same whatever the order and the partitions of the
 * table, and their number does not grow with it.
 */
public final class Samples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final long seed;
  private final ArrayList<PriorityQueue<Drawn>> trees = new ArrayList<>();

  /** A row with the hash that it was drawn by; the greatest hash is the first to go. */
  private static final class Drawn implements Serializable {
    private static final long serialVersionUID = 1L;
    private final long hash;
    private final float[] row;

    Drawn(long hash, float[] row) {
      this.hash = hash;
      this.row = row;
    }
  }

  private static final class GreatestFirst implements Comparator<Drawn>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Drawn a, Drawn b) {
      return Long.compare(b.hash, a.hash);
    }
  }

  private Samples(int trees, int rows, long seed) {
    this.rows = rows;
    this.seed = seed;
    for (int t = 0; t < trees; t++) {
      this.trees.add(new PriorityQueue<>(new GreatestFirst()));
    }
  }

  /**
   * Draws the rows of all trees in one pass.
   *
   * @param table with the columns features and id of {@link Examples}
   */
  public static Samples draw(Dataset<Row> table, int trees, int rows, long seed) {
    return table
        .select(Examples.ID, Examples.FEATURES)
        .javaRDD()
        .treeAggregate(new Samples(trees, rows, seed), Samples::add, Samples::merge);
  }

  private Samples add(Row row) {
    float[] encoded = null;
    for (int t = 0; t < trees.size(); t++) {
      long hash = SplitMix.mix(SplitMix.mix(seed + t) ^ row.getLong(0));
      PriorityQueue<Drawn> drawn = trees.get(t);
      if (drawn.size() < rows || hash < drawn.peek().hash) {
        encoded = encoded == null ? floats((DenseVector) row.get(1)) : encoded;
        keep(drawn, new Drawn(hash, encoded));
      }
    }
    return this;
  }

  private Samples merge(Samples other) {
    for (int t = 0; t < trees.size(); t++) {
      for (Drawn drawn : other.trees.get(t)) {
        keep(trees.get(t), drawn);
      }
    }
    return this;
  }

  private void keep(PriorityQueue<Drawn> drawn, Drawn more) {
    drawn.add(more);
    if (drawn.size() > rows) {
      drawn.poll();
    }
  }

  private static float[] floats(DenseVector features) {
    double[] values = features.values();
    float[] row = new float[values.length];
    for (int f = 0; f < row.length; f++) {
      row[f] = (float) values[f];
    }
    return row;
  }

  /** Of each tree its rows, in the order of their hashes. */
  public List<float[][]> byTree() {
    return trees.stream()
        .map(
            drawn ->
                drawn.stream()
                    .sorted(new GreatestFirst().reversed())
                    .map(d -> d.row)
                    .toArray(float[][]::new))
        .toList();
  }
}

package org.millrace.risk.drift;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Counts rows in the bins of a baseline while they flow by to somewhere else: no pass of its own.
 * It travels to executors by Java serialization.
 */
public final class Watch implements Serializable {
  private static final long serialVersionUID = 1L;
  private final ArrayList<Distribution> baseline;
  private final int[] places;
  private final Bins.Binner[] binners;
  private final TallyAccumulator tallies;

  /**
   * Makes ready to watch.
   *
   * @param baseline columns to count
   * @param schema of the rows that will flow by
   */
  public Watch(SparkContext spark, List<Distribution> baseline, StructType schema) {
    this.baseline = new ArrayList<>(baseline);
    this.places = baseline.stream().mapToInt(d -> schema.fieldIndex(d.column())).toArray();
    this.binners =
        baseline.stream().map(d -> d.bins().binner(d.kind())).toArray(Bins.Binner[]::new);
    this.tallies = new TallyAccumulator(this.baseline);
    spark.register(tallies, "drift");
  }

  /** The rows of a partition, counted once all of them have been taken. */
  public Iterator<Row> over(Iterator<Row> rows) {
    return places.length == 0 ? rows : new Counting(rows, new Tally(baseline));
  }

  /** What was counted, by column; complete once the rows have been consumed. */
  public List<ColumnDrift> drifts() {
    Tally total = tallies.value();
    List<ColumnDrift> drifts = new ArrayList<>();
    for (int c = 0; c < baseline.size(); c++) {
      drifts.add(ColumnDrift.of(baseline.get(c), total.counts(c), total.unseen(c)));
    }
    return drifts;
  }

  private final class Counting implements Iterator<Row> {
    private final Iterator<Row> rows;
    private Tally tally;

    Counting(Iterator<Row> rows, Tally tally) {
      this.rows = rows;
      this.tally = tally;
    }

    @Override
    public boolean hasNext() {
      boolean more = rows.hasNext();
      if (!more && tally != null) {
        tallies.add(tally);
        tally = null;
      }
      return more;
    }

    @Override
    public Row next() {
      Row row = rows.next();
      for (int c = 0; c < places.length; c++) {
        tally.add(c, binners[c], row.get(places[c]));
      }
      return row;
    }
  }
}

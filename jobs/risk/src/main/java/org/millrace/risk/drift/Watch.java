package org.millrace.risk.drift;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.features.ColumnKind;
import org.millrace.risk.features.InternalColumn;

/**
 * Counts rows in the bins of a baseline while they flow by to somewhere else, as Spark itself holds
 * them: no pass of its own. It travels to executors by Java serialization.
 */
public final class Watch implements Serializable {
  private static final long serialVersionUID = 1L;
  private final ArrayList<Distribution> baseline;
  private final StructType schema;
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
    this.schema = schema;
    this.binners =
        baseline.stream().map(d -> d.bins().binner(d.kind())).toArray(Bins.Binner[]::new);
    this.tallies = new TallyAccumulator(this.baseline);
    spark.register(tallies, "drift");
  }

  /** The rows of a partition, counted once all of them have been taken. */
  public Iterator<InternalRow> over(Iterator<InternalRow> rows) {
    return baseline.isEmpty() ? rows : new Counting(rows, new Tally(baseline));
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

  private final class Counting implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final InternalColumn[] columns;
    private final boolean[] plain;
    private Tally tally;

    Counting(Iterator<InternalRow> rows, Tally tally) {
      this.rows = rows;
      this.tally = tally;
      this.columns = new InternalColumn[binners.length];
      this.plain = new boolean[binners.length];
      for (int c = 0; c < binners.length; c++) {
        columns[c] = new InternalColumn(schema, baseline.get(c).column());
        plain[c] = baseline.get(c).kind() == ColumnKind.NUMERIC && columns[c].hasNumbers();
      }
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
    public InternalRow next() {
      InternalRow row = rows.next();
      for (int c = 0; c < binners.length; c++) {
        if (plain[c]) {
          tally.add(c, binners[c].bin(columns[c].number(row)));
        } else {
          tally.add(c, binners[c], columns[c].value(row));
        }
      }
      return row;
    }
  }
}

package org.millrace.deep.train;

import java.util.List;
import java.util.Random;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;
import org.millrace.deep.net.Shape;

/**
 * Points around one centre a class, dealt to ranks in turn. Row {@code i} is the same whatever the
 * number of ranks; batch {@code b} of all ranks together holds the rows of batch {@code b} of one
 * rank with a batch as large as theirs together.
 *
 * @param weighted whether rows of class 0 weigh three times as much
 */
record Blobs(int ranks, long total, int batchSize, int features, int classes, boolean weighted)
    implements Batches {
  @Override
  public long rows(int rank) {
    return (total - rank + ranks - 1) / ranks;
  }

  @Override
  public BatchSource open(int rank) {
    return new Source(rank);
  }

  private final class Source implements BatchSource {
    private final int rank;
    private final float[] values = new float[batchSize * features];
    private final float[] targets = new float[batchSize];
    private final float[] weights = new float[batchSize];

    private Source(int rank) {
      this.rank = rank;
    }

    @Override
    public Batch batch(int epoch, int index) {
      long first = (long) index * batchSize;
      int rows = (int) Math.max(0, Math.min(batchSize, rows(rank) - first));
      for (int row = 0; row < rows; row++) {
        fill(row, (first + row) * ranks + rank);
      }
      var input = new Batch.Input("point", new Shape.Flat(features), values, null);
      return new Batch(rows, List.of(input), targets, weights);
    }

    private void fill(int row, long example) {
      Random random = new Random(example * 7919 + 17);
      int truth = random.nextInt(classes);
      for (int f = 0; f < features; f++) {
        double centre = f % classes == truth ? 1 : 0;
        values[row * features + f] = (float) (centre + random.nextGaussian());
      }
      targets[row] = truth;
      weights[row] = weighted && truth == 0 ? 3 : 1;
    }

    @Override
    public void close() {}
  }
}

package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Batches of one rank's records. */
final class ShardSource implements BatchSource {
  private final ShardedBatches batches;
  private final int rank;
  private final ShardFile file;
  private final long rows;
  private final BatchBuffer buffer;
  private final ByteBuffer record;
  private Permutation permutation;
  private int permuted = -1;

  ShardSource(ShardedBatches batches, int rank, ShardFile file) {
    this.batches = batches;
    this.rank = rank;
    this.file = file;
    this.rows = batches.rows(rank);
    this.buffer =
        new BatchBuffer(batches.encoding(), true, batches.batchSize(), batches.augmentation());
    this.record =
        ByteBuffer.allocateDirect(batches.shards().recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Batch batch(int epoch, int index) {
    buffer.clear();
    long first = (long) index * batches.batchSize();
    long last = Math.min(rows, first + batches.batchSize());
    for (long place = first; place < last; place++) {
      long example = example(epoch, place);
      file.read(example, record);
      buffer.add(record, seed(epoch, example));
    }
    return buffer.batch();
  }

  private long example(int epoch, long place) {
    if (!(batches.order() instanceof ShardedBatches.Order.Random random)) {
      return place;
    }
    if (permuted != epoch) {
      permutation = new Permutation(rows, Seeds.of(random.seed(), epoch, rank));
      permuted = epoch;
    }
    return permutation.at(place);
  }

  /** Of what is done to an example in an epoch, whichever rank it was dealt to. */
  private long seed(int epoch, long example) {
    return batches.augmentation().equals(Augmentation.NONE)
            || !(batches.order() instanceof ShardedBatches.Order.Random random)
        ? 0
        : Seeds.of(random.seed(), epoch, batches.shards().start(rank, batches.ranks()) + example);
  }

  @Override
  public void close() {
    file.close();
  }
}

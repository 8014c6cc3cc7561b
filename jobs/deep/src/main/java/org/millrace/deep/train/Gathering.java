package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Tells every rank two numbers of each other: a sum to which each adds zeros but at its place. */
final class Gathering {
  private final Collective collective;
  private final ByteBuffer places;

  /** What a rank tells; doubles hold them exactly below 2^53. */
  record Pair(long first, long second) {}

  Gathering(Collective collective) {
    this.collective = collective;
    places = ByteBuffer.allocateDirect(bytes(collective.ranks())).order(ByteOrder.nativeOrder());
  }

  /** What it sums at once. */
  static int bytes(int ranks) {
    return 2 * ranks * Double.BYTES;
  }

  /**
   * @return the pairs of all ranks, in their order
   */
  List<Pair> gather(long first, long second) {
    int numbers = 2 * collective.ranks();
    for (int i = 0; i < numbers; i++) {
      places.putDouble(i * Double.BYTES, 0);
    }
    int mine = 2 * collective.rank() * Double.BYTES;
    places.putDouble(mine, (double) first);
    places.putDouble(mine + Double.BYTES, (double) second);
    collective.sumDoubles(places, numbers);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < numbers; i += 2) {
      double one = places.getDouble(i * Double.BYTES);
      double other = places.getDouble((i + 1) * Double.BYTES);
      pairs.add(new Pair((long) one, (long) other));
    }
    return pairs;
  }
}

package org.millrace.deep.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.millrace.outcome.Stop;

/**
 * Examples as records of equal length in files, in an order that is random and depends on the
 * examples and a seed alone. Any number of ranks can be dealt of them.
 *
 * @param recordBytes of one example
 * @param files in order
 */
public record Shards(int recordBytes, List<Piece> files) implements Serializable {

  /** A file with some of the records. */
  public record Piece(String path, long records) implements Serializable {}

  /**
   * Records of one file that follow each other.
   *
   * @param first counted from 0
   */
  record Slice(String path, long first, long records) implements Serializable {}

  public Shards {
    files = List.copyOf(files);
  }

  public long records() {
    return files.stream().mapToLong(Piece::records).sum();
  }

  /** The first record of a rank, counted over all files. */
  long start(int rank, int ranks) {
    return Math.multiplyExact(records(), (long) rank) / ranks;
  }

  /** Refuses more ranks than examples. */
  void require(int ranks) {
    if (ranks > records()) {
      throw Stop.contract(
          "%d examples cannot be dealt to %d ranks: each needs at least one; lower the number of ranks or"
              + " give more rows",
          records(), ranks);
    }
  }

  /** What belongs to a rank. */
  List<Slice> slices(int rank, int ranks) {
    long from = start(rank, ranks);
    long to = start(rank + 1, ranks);
    List<Slice> slices = new ArrayList<>();
    long at = 0;
    for (Piece file : files) {
      long first = Math.max(from, at);
      long last = Math.min(to, at + file.records());
      if (first < last) {
        slices.add(new Slice(file.path(), first - at, last - first));
      }
      at += file.records();
    }
    return slices;
  }
}

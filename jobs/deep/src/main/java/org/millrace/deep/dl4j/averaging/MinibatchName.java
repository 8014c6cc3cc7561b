package org.millrace.deep.dl4j.averaging;

import java.util.stream.Stream;

/** Which minibatch, as the path that DL4J hands from the driver to a rank. */
record MinibatchName(int rank, int epoch, int step) {
  static MinibatchName of(String path) {
    int[] parts = Stream.of(path.split("/", -1)).mapToInt(Integer::parseInt).toArray();
    return new MinibatchName(parts[0], parts[1], parts[2]);
  }

  @Override
  public String toString() {
    return "%d/%d/%d".formatted(rank, epoch, step);
  }
}

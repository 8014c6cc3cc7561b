package org.millrace.bench.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.millrace.deep.data.Batch;
import org.millrace.deep.train.Replica;

/**
 * Examples a second of a replica as the trainer and the scorer drive it, on one thread, beside
 * {@code bench/peers/deep.py}. Takes a workload (cnn-train, cnn-score, lstm-train) and the prefix
 * of the images' files; prints one number.
 */
public final class DeepSpeed {
  private static final int BATCH = 64;
  private static final int SCORED = 256;
  private static final double WARM_UP_SECONDS = 6;
  private static final double SECONDS = 4;

  private DeepSpeed() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "cnn-train" -> train(Networks.cnn(1), images(arguments[1], BATCH), BATCH);
      case "cnn-score" -> score(Networks.cnn(1), images(arguments[1], SCORED), SCORED);
      case "lstm-train" -> train(Networks.lstm(1), sequences(), BATCH);
      default -> throw new IllegalArgumentException("no workload: " + arguments[0]);
    }
  }

  private static void train(Replica replica, List<Batch> batches, int size) {
    int[] seed = {0};
    print(
        batches,
        size,
        batch -> {
          double loss = replica.gradient(batch, seed[0]++).mean();
          replica.apply(batch.rows());
          return loss;
        });
  }

  private static void score(Replica replica, List<Batch> batches, int size) {
    print(batches, size, batch -> replica.predict(batch)[0][0]);
  }

  private static void print(List<Batch> batches, int size, ToDoubleFunction<Batch> step) {
    run(batches, WARM_UP_SECONDS, step);
    long from = System.nanoTime();
    int steps = run(batches, SECONDS, step);
    double seconds = (System.nanoTime() - from) / 1e9;
    System.out.printf("%.1f%n", steps * size / seconds);
  }

  private static int run(List<Batch> batches, double seconds, ToDoubleFunction<Batch> step) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int steps = 0;
    while (System.nanoTime() < end) {
      double value = step.applyAsDouble(batches.get(steps++ % batches.size()));
      if (!Double.isFinite(value)) {
        throw new IllegalStateException("not a number after %d steps".formatted(steps));
      }
    }
    return steps;
  }

  private static List<Batch> images(String prefix, int size) throws Exception {
    FashionImages images = FashionImages.read(prefix);
    int[] order = images.shuffled(new Random(1));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from + size <= images.count() && batches.size() < 30; from += size) {
      batches.add(images.batch(order, from, from + size));
    }
    return batches;
  }

  private static List<Batch> sequences() {
    return IntStream.range(0, 10).mapToObj(i -> Sequences.batch(BATCH, new Random(i))).toList();
  }
}

package org.millrace.bench.deep;

import java.util.Random;
import org.millrace.deep.data.Batch;
import org.millrace.deep.train.Replica;

/**
 * What the same training comes to here and in {@code bench/peers/deep.py}; prints one number.
 * {@code cnn-train TRAIN_PREFIX TEST_PREFIX EPOCHS SEED}: accuracy in percent; {@code lstm-train
 * STEPS SEED}: accuracy in percent on sequences not seen in training.
 */
public final class DeepQuality {
  private static final int BATCH = 64;
  private static final int TESTED = 250;

  private DeepQuality() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "cnn-train" ->
          cnn(
              FashionImages.read(arguments[1]),
              FashionImages.read(arguments[2]),
              Integer.parseInt(arguments[3]),
              Long.parseLong(arguments[4]));
      case "lstm-train" -> lstm(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
      default -> throw new IllegalArgumentException("no workload: " + arguments[0]);
    }
  }

  private static void cnn(FashionImages train, FashionImages test, int epochs, long seed) {
    Random random = new Random(seed);
    try (Replica replica = Networks.cnn(seed)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = train.shuffled(random);
        for (int from = 0; from < order.length; from += BATCH) {
          step(replica, train.batch(order, from, Math.min(from + BATCH, order.length)), random);
        }
      }
      int[] order = test.shuffled(random);
      int right = 0;
      for (int from = 0; from < order.length; from += TESTED) {
        right += right(replica, test.batch(order, from, Math.min(from + TESTED, order.length)));
      }
      print(right, order.length);
    }
  }

  private static void lstm(int steps, long seed) {
    Random random = new Random(seed);
    try (Replica replica = Networks.lstm(seed)) {
      for (int i = 0; i < steps; i++) {
        step(replica, Sequences.batch(BATCH, random), random);
      }
      int right = 0;
      for (int i = 0; i < 8; i++) {
        right += right(replica, Sequences.batch(TESTED, random));
      }
      print(right, 8 * TESTED);
    }
  }

  private static void step(Replica replica, Batch batch, Random random) {
    replica.gradient(batch, random.nextLong());
    replica.apply(batch.rows());
  }

  private static int right(Replica replica, Batch batch) {
    float[][] said = replica.predict(batch);
    int right = 0;
    for (int row = 0; row < batch.rows(); row++) {
      int best = 0;
      for (int k = 1; k < said[row].length; k++) {
        best = said[row][k] > said[row][best] ? k : best;
      }
      right += best == (int) batch.targets()[row] ? 1 : 0;
    }
    return right;
  }

  private static void print(int right, int all) {
    System.out.printf("%.2f%n", 100.0 * right / all);
  }
}

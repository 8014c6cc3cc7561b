package org.millrace.bench.scaling;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.millrace.deep.data.Batch;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;

/**
 * An engine whose replicas write down how long each step took them: a file a replica, in it a line
 * a step with the nanoseconds of its gradient and of its update.
 *
 * @param folder on the disk that all executors share
 */
record TimedEngine(Engine engine, String folder) implements Engine {
  @Override
  public Replica replica(Slot slot) {
    return new Timed(engine.replica(slot), Path.of(folder, UUID.randomUUID().toString()));
  }

  /** What the replicas wrote: for each of them its steps. */
  List<List<Took>> read() throws IOException {
    List<List<Took>> replicas = new ArrayList<>();
    try (var files = Files.list(Path.of(folder))) {
      for (Path file : files.toList()) {
        replicas.add(Files.readAllLines(file).stream().map(Took::of).toList());
      }
    }
    return replicas;
  }

  /** Nanoseconds of one step. */
  record Took(long gradient, long update) {
    static Took of(String line) {
      String[] numbers = line.split(" ", -1);
      return new Took(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }
  }

  private static final class Timed implements Replica {
    private final Replica replica;
    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private long gradient;

    Timed(Replica replica, Path file) {
      this.replica = replica;
      this.file = file;
    }

    @Override
    public Loss gradient(Batch batch, long seed) {
      long from = System.nanoTime();
      Loss loss = replica.gradient(batch, seed);
      gradient = System.nanoTime() - from;
      return loss;
    }

    @Override
    public void apply(double weight) {
      long from = System.nanoTime();
      replica.apply(weight);
      lines.add(gradient + " " + (System.nanoTime() - from));
    }

    @Override
    public FloatBuffer gradients() {
      return replica.gradients();
    }

    @Override
    public FloatBuffer parameters() {
      return replica.parameters();
    }

    @Override
    public Loss evaluate(Batch batch) {
      return replica.evaluate(batch);
    }

    @Override
    public float[][] predict(Batch batch) {
      return replica.predict(batch);
    }

    @Override
    public void save(OutputStream out) throws IOException {
      replica.save(out);
    }

    @Override
    public void load(InputStream in) throws IOException {
      replica.load(in);
    }

    @Override
    public void close() {
      try {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        replica.close();
      }
    }
  }
}

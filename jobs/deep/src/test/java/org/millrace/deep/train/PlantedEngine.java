package org.millrace.deep.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.millrace.deep.data.Batch;

/**
 * An engine one of whose replicas has a fault, once: the first that comes to a step and can create
 * a file.
 *
 * @param step of an attempt, from 0
 * @param marker the file, which must not be there
 */
record PlantedEngine(Engine engine, Fault fault, int step, String marker) implements Engine {
  enum Fault {
    DISK {
      @Override
      void strike(Replica replica) {
        throw new UncheckedIOException(new IOException("planted: the disk is gone"));
      }
    },
    BUG {
      @Override
      void strike(Replica replica) {
        throw new ArithmeticException("planted: a bug");
      }
    },
    NAN {
      @Override
      void strike(Replica replica) {
        replica.gradients().put(3, Float.NaN);
      }
    },
    DRIFT {
      @Override
      void strike(Replica replica) {
        replica.parameters().put(0, replica.parameters().get(0) + 1e-3f);
      }
    },
    HANG {
      @Override
      void strike(Replica replica) {
        try {
          Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    },
    KILL {
      @Override
      void strike(Replica replica) {
        try {
          long pid = ProcessHandle.current().pid();
          new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
          Thread.sleep(Long.MAX_VALUE);
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };

    abstract void strike(Replica replica);
  }

  @Override
  public Replica replica(Slot slot) {
    return new Planted(engine.replica(slot));
  }

  private final class Planted implements Replica {
    private final Replica replica;
    private int steps;

    private Planted(Replica replica) {
      this.replica = replica;
    }

    @Override
    public Loss gradient(Batch batch, long seed) {
      Loss loss = replica.gradient(batch, seed);
      if (steps++ == step && isFirst()) {
        fault.strike(replica);
      }
      return loss;
    }

    private boolean isFirst() {
      try {
        Files.createFile(Path.of(marker));
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
    public void apply(double weight) {
      replica.apply(weight);
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
      replica.close();
    }
  }
}

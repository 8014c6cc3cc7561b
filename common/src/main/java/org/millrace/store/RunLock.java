package org.millrace.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs from publishing the same thing at once, on any file system with consistent
 * listings and without asking it for an atomic create.
 *
 * <p>Each run writes a lock file of its own into the folder of what it locks, and only then lists
 * the folder. It holds the lock if no other live file is there; else it withdraws. Of two that
 * arrive together at least one sees the other, so never do both hold; that both withdraw is
 * possible, and they try again after a random pause.
 *
 * <p>A holder writes a beat beside its file every {@value #BEAT_SECONDS} seconds. A lock is dead if
 * its process is gone (known on the same host only) or if it has been silent for {@value
 * #DEAD_SECONDS} seconds by the file system's own clock. Dead locks are taken over and what their
 * runs left half-done is mended first.
 */
public final class RunLock implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String BEAT = ".beat";

  static final int BEAT_SECONDS = 5;
  static final int DEAD_SECONDS = 60;

  private static final int TRIES = 5;
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  private final FileSystem fs;
  private final Path file;
  private final Path beat;
  private final ScheduledExecutorService heart;

  private RunLock(FileSystem fs, Path file) {
    this.fs = fs;
    this.file = file;
    this.beat = beatOf(file);
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lock " + file.getName());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lock.
   *
   * @param what the thing that is locked, a relative path such as {@code
   *     scores/films/ds=2026-01-31}
   * @param mend called with the run id of each dead run whose lock is taken over, before the lock
   *     is held
   * @throws Stop exit 1, naming the run that holds it
   */
  public static RunLock take(Root root, String what, String runId, Consumer<String> mend) {
    Path folder = new Path(root.locks(), what.replace('/', '~'));
    try {
      Owner me = Owner.me(runId);
      Optional<Owner> other = Optional.empty();
      for (int attempt = 0; attempt < TRIES; attempt++) {
        if (attempt > 0) {
          Thread.sleep(ThreadLocalRandom.current().nextInt(100, 600));
        }
        RunLock lock = new RunLock(root.fs(), new Path(folder, runId + LOCK));
        boolean held = false;
        try {
          lock.write(lock.file, me.bytes());
          List<Path> dead = new ArrayList<>();
          other = lock.liveOther(dead);
          if (other.isEmpty()) {
            lock.startBeating();
            lock.bury(dead, what, mend);
            held = true;
            return lock;
          }
        } finally {
          if (!held) {
            lock.close();
          }
        }
        if (!other.get().isYoung()) {
          break;
        }
      }
      throw Stop.failed(
          "%s is being written by %s; wait for its end, or stop it, and run again",
          what, other.get().described());
    } catch (IOException e) {
      throw Stop.failed("%s cannot be locked: %s", what, e.getMessage()).because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.failed("interrupted while waiting for the lock of %s", what).because(e);
    }
  }

  private void bury(List<Path> dead, String what, Consumer<String> mend) throws IOException {
    for (Path grave : dead) {
      String deadRun = runOf(grave);
      LOG.warn("taking over {} from run {}, which is dead", what, deadRun);
      mend.accept(deadRun);
      fs.delete(grave, false);
      fs.delete(beatOf(grave), false);
    }
  }

  private Optional<Owner> liveOther(List<Path> dead) throws IOException {
    long now = fs.getFileStatus(file).getModificationTime();
    Map<String, Long> touched = new HashMap<>();
    List<Path> others = new ArrayList<>();
    for (FileStatus status : fs.listStatus(file.getParent())) {
      String name = status.getPath().getName();
      touched.merge(runOf(status.getPath()), status.getModificationTime(), Math::max);
      if (name.endsWith(LOCK) && !name.equals(file.getName())) {
        others.add(status.getPath());
      }
    }
    Optional<Owner> live = Optional.empty();
    for (Path path : others) {
      Owner owner;
      try (InputStream stream = fs.open(path)) {
        owner = Owner.read(runOf(path), stream.readAllBytes());
      } catch (FileNotFoundException e) {
        continue; // Released since the listing.
      }
      boolean silent = now - touched.get(owner.runId()) > DEAD_SECONDS * 1000L;
      if (owner.runs().orElse(!silent)) {
        live = Optional.of(owner);
      } else {
        dead.add(path);
      }
    }
    return live;
  }

  private static String runOf(Path path) {
    return path.getName().replaceFirst("\\.(lock|beat)$", "");
  }

  private static Path beatOf(Path lock) {
    return new Path(lock.getParent(), runOf(lock) + BEAT);
  }

  private void write(Path path, byte[] content) throws IOException {
    SmallFiles.write(fs, path, content, true);
  }

  /**
   * Written rather than given a time, so that only the file system's clock counts; and not the lock
   * file itself, since that would come back to life if it is taken over meanwhile.
   */
  private void startBeating() {
    var unused =
        heart.scheduleAtFixedRate(
            () -> {
              try {
                if (fs.exists(file)) {
                  write(beat, new byte[] {'.'});
                }
              } catch (IOException | RuntimeException | FSError e) {
                // A full disk is an FSError; what escaped from here would end the beating.
                LOG.warn("lock {} cannot be touched", file, e);
              }
            },
            BEAT_SECONDS,
            BEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  /**
   * To be called before what is locked becomes visible.
   *
   * @throws Stop exit 1 if another run has taken the lock over, since this one was silent for too
   *     long
   */
  public void confirm() {
    try {
      if (!fs.exists(file)) {
        throw Stop.failed(
            "lock %s was taken over by another run, since this one gave no sign of life for %d s; nothing was published",
            file, DEAD_SECONDS);
      }
    } catch (IOException e) {
      throw Stop.failed("lock %s cannot be confirmed: %s", file, e.getMessage()).because(e);
    }
  }

  @Override
  public void close() {
    heart.shutdown();
    try {
      if (!heart.awaitTermination(BEAT_SECONDS, TimeUnit.SECONDS)) {
        heart.shutdownNow();
      }
    } catch (InterruptedException e) {
      heart.shutdownNow();
      Thread.currentThread().interrupt();
    }
    try {
      fs.delete(beat, false);
      fs.delete(file, false);
    } catch (IOException e) {
      LOG.warn("lock {} cannot be removed; it will be taken over when it is needed", file, e);
    }
  }
}

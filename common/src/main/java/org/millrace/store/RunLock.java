package org.millrace.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * <p>A holder touches its file every {@value #BEAT_SECONDS} seconds. A lock is dead if its process
 * is gone (known on the same host only) or if it has not been touched for {@value #DEAD_SECONDS}
 * seconds by the file system's own clock. Dead locks are taken over and what their runs left
 * half-done is mended first.
 */
public final class RunLock implements AutoCloseable {
  static final int BEAT_SECONDS = 5;
  static final int DEAD_SECONDS = 60;

  private static final int TRIES = 5;
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Who holds a lock, as its file tells. */
  public record Owner(String runId, String host, long pid, String processStart, String since) {
    static Owner me(String runId) {
      return new Owner(
          runId,
          hostName(),
          ProcessHandle.current().pid(),
          startOf(ProcessHandle.current()),
          Instant.now().toString());
    }

    private static String startOf(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String hostName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (IOException e) {
        return "unknown-host";
      }
    }

    /** Empty where it cannot be told from here. */
    Optional<Boolean> runs() {
      if (!host.equals(hostName()) || host.equals("unknown-host")) {
        return Optional.empty();
      }
      Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
      return Optional.of(process.map(p -> startOf(p).equals(processStart)).orElse(false));
    }
  }

  private final FileSystem fs;
  private final Path file;
  private final byte[] content;
  private final ScheduledExecutorService heart;

  private RunLock(FileSystem fs, Path file, byte[] content) {
    this.fs = fs;
    this.file = file;
    this.content = content;
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
    FileSystem fs = root.fs();
    try {
      byte[] content = JSON.writeValueAsBytes(json(Owner.me(runId)));
      Optional<Owner> other = Optional.empty();
      for (int attempt = 0; attempt < TRIES; attempt++) {
        RunLock lock = new RunLock(fs, new Path(folder, runId + ".lock"), content);
        lock.touch();
        List<Path> dead = new ArrayList<>();
        other = liveOther(fs, lock.file, dead);
        if (other.isEmpty()) {
          for (Path grave : dead) {
            String deadRun = grave.getName().replaceFirst("\\.lock$", "");
            LOG.warn("taking over {} from run {}, which is dead", what, deadRun);
            mend.accept(deadRun);
            fs.delete(grave, false);
          }
          lock.beat();
          return lock;
        }
        fs.delete(lock.file, false);
        if (attempt < TRIES - 1 && isYoung(other.get())) {
          Thread.sleep(ThreadLocalRandom.current().nextInt(100, 600));
        } else {
          break;
        }
      }
      Owner holder = other.get();
      throw Stop.failed(
          "%s is being written by run %s (process %d on %s, since %s); wait for its end, or stop it, and run again",
          what, holder.runId(), holder.pid(), holder.host(), holder.since());
    } catch (IOException e) {
      throw Stop.failed("%s cannot be locked: %s", what, e.getMessage()).because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.failed("interrupted while waiting for the lock of %s", what).because(e);
    }
  }

  /** A run that came a moment ago may have withdrawn at the sight of this one. */
  private static boolean isYoung(Owner owner) {
    try {
      return Duration.between(Instant.parse(owner.since()), Instant.now()).abs().toSeconds() < 2;
    } catch (java.time.format.DateTimeParseException e) {
      return false;
    }
  }

  private static Optional<Owner> liveOther(FileSystem fs, Path mine, List<Path> dead)
      throws IOException {
    long now = fs.getFileStatus(mine).getModificationTime();
    Optional<Owner> live = Optional.empty();
    for (FileStatus status : fs.listStatus(mine.getParent())) {
      if (status.getPath().getName().equals(mine.getName())
          || !status.getPath().getName().endsWith(".lock")) {
        continue;
      }
      Owner owner;
      try {
        owner = read(fs, status.getPath());
      } catch (FileNotFoundException e) {
        continue; // Released since the listing.
      }
      boolean silent = now - status.getModificationTime() > DEAD_SECONDS * 1000L;
      if (owner.runs().orElse(!silent)) {
        live = Optional.of(owner);
      } else {
        dead.add(status.getPath());
      }
    }
    return live;
  }

  private static Owner read(FileSystem fs, Path path) throws IOException {
    String runId = path.getName().replaceFirst("\\.lock$", "");
    try (InputStream stream = fs.open(path)) {
      JsonNode node = JSON.readTree(stream.readAllBytes());
      return new Owner(
          runId,
          node.path("host").asText("unknown-host"),
          node.path("pid").asLong(),
          node.path("process_start").asText(),
          node.path("since").asText());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // Being rewritten just now, or cut off by the death of its writer: its age decides.
      return new Owner(runId, "unknown-host", 0, "", "");
    }
  }

  private static ObjectNode json(Owner owner) {
    return JSON.createObjectNode()
        .put("run_id", owner.runId())
        .put("host", owner.host())
        .put("pid", owner.pid())
        .put("process_start", owner.processStart())
        .put("since", owner.since());
  }

  private void touch() throws IOException {
    try (OutputStream stream = fs.create(file, true)) {
      stream.write(content);
    }
  }

  /** Written again rather than given a time, so that only the file system's clock counts. */
  private void beat() {
    var unused =
        heart.scheduleAtFixedRate(
            () -> {
              try {
                if (fs.exists(file)) {
                  touch();
                }
              } catch (IOException e) {
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
    heart.shutdownNow();
    try {
      fs.delete(file, false);
    } catch (IOException e) {
      LOG.warn("lock {} cannot be removed; it will be taken over when it is needed", file, e);
    }
  }
}

package org.millrace.deep.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.deep.train.Checkpoint.StateFile;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training. A checkpoint is there from the rename of its {@code
 * checkpoint-STEPS.json} on, before which the states that it names are written whole.
 */
public final class CheckpointFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
  private static final String PREFIX = "checkpoint-";
  private static final String SUFFIX = ".json";
  private static final Pattern OURS = Pattern.compile("(?:checkpoint|state)-(\\d{12})\\b.*");
  private static final int BUFFER = 1 << 16;

  private final FileSystem fs;
  private final Path folder;

  public CheckpointFolder(Path folder, Configuration hadoop) throws IOException {
    this.fs = folder.getFileSystem(hadoop);
    this.folder = folder;
  }

  /**
   * The newest checkpoint whose files are all there.
   *
   * @throws Stop where it is another training's
   */
  public Optional<Checkpoint> newest(String identity) throws IOException {
    for (Path file : checkpoints()) {
      Optional<Checkpoint> read = read(file);
      if (read.isPresent() && !read.get().identity().equals(identity)) {
        throw Stop.usage(
            "%s holds the checkpoints of another training (network, data or settings differ: it is %s, this one %s); choose another folder or remove it",
            folder, read.get().identity(), identity);
      }
      if (read.isPresent() && isWhole(read.get())) {
        return read;
      }
      LOG.warn("{} is passed over: it is damaged, or a state that it names is missing", file);
    }
    return Optional.empty();
  }

  /** Newest first. */
  private List<Path> checkpoints() throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
        found.add(file.getPath());
      }
    }
    found.sort(Comparator.comparing(Path::getName).reversed());
    return found;
  }

  private FileStatus[] list() throws IOException {
    try {
      return fs.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private Optional<Checkpoint> read(Path file) throws IOException {
    byte[] json;
    try (InputStream in = fs.open(file)) {
      json = in.readAllBytes();
    }
    try {
      return Optional.of(Checkpoint.of(json));
    } catch (IOException e) {
      LOG.warn("{} is not a checkpoint", file, e);
      return Optional.empty();
    }
  }

  private boolean isWhole(Checkpoint checkpoint) throws IOException {
    for (StateFile state : checkpoint.files()) {
      Path file = path(state);
      if (!fs.exists(file) || fs.getFileStatus(file).getLen() != state.bytes()) {
        return false;
      }
    }
    return true;
  }

  Path path(StateFile state) {
    return new Path(folder, state.name());
  }

  /**
   * What a training came to.
   *
   * @param end its last checkpoint
   */
  public Trained trained(Checkpoint end, Training training, int restarts) {
    List<Epoch> epochs = end.epochs();
    int best = training.plan().stopping().bestEpoch(epochs);
    return new Trained(
        path(best < 0 ? end.state(0) : end.best()),
        best < 0 ? epochs.get(epochs.size() - 1).index() : best,
        end.steps(),
        epochs,
        end.windows(),
        restarts);
  }

  /**
   * Writes a replica's state.
   *
   * @param label what tells it from every other file of that step
   */
  public StateFile write(long steps, String label, Replica replica) throws IOException {
    String name = "state-%012d-%s".formatted(steps, label);
    CRC32C checksum = new CRC32C();
    try (OutputStream file = SmallFiles.stream(fs, new Path(folder, name), true)) {
      CountingStream counted = new CountingStream(new CheckedOutputStream(file, checksum));
      OutputStream out = new BufferedOutputStream(counted, BUFFER);
      replica.save(out);
      out.flush();
      return new StateFile(name, counted.bytes(), checksum.getValue());
    }
  }

  /**
   * Reads a replica's state back.
   *
   * @throws IOException also where the file is not what was written
   */
  public void load(StateFile state, Replica replica) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream file = fs.open(path(state));
        InputStream in = new CheckedInputStream(new BufferedInputStream(file, BUFFER), checksum)) {
      replica.load(in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (checksum.getValue() != state.checksum()) {
      throw new IOException(
          "%s is damaged: its checksum is %x, was %x when written"
              .formatted(path(state), checksum.getValue(), state.checksum()));
    }
  }

  /** Makes a checkpoint the newest, and removes what the kept ones do not need. */
  public void commit(Checkpoint checkpoint, int keep) throws IOException {
    String name = "%s%012d%s".formatted(PREFIX, checkpoint.steps(), SUFFIX);
    SmallFiles.replace(fs, new Path(folder, name), checkpoint.toJson());
    prune(keep);
  }

  /** What is newer than the oldest kept checkpoint stays: another attempt may be writing it. */
  private void prune(int keep) throws IOException {
    List<Path> all = checkpoints();
    List<Path> kept = all.subList(0, Math.min(keep, all.size()));
    long oldest = steps(kept.get(kept.size() - 1).getName());
    Set<String> needed = new HashSet<>();
    for (Path file : kept) {
      Optional<Checkpoint> read = read(file);
      read.ifPresent(c -> c.files().forEach(s -> needed.add(s.name())));
    }
    for (FileStatus file : list()) {
      String found = file.getPath().getName();
      if (!needed.contains(found) && steps(found) < oldest) {
        fs.delete(file.getPath(), false);
      }
    }
  }

  /** At how many steps a file of ours was written; what is not ours is the newest of all. */
  private static long steps(String name) {
    Matcher matcher = OURS.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
  }
}

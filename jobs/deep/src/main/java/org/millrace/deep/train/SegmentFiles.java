package org.millrace.deep.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files behind {@link Segment}s. A file has its name only from when it is written until all
 * ranks have mapped it; then it is deleted, and its memory goes with the last process that maps it,
 * however that ends. A name that was left by a process killed in between is cleared away by the
 * next that comes.
 *
 * @param folder on a file system in memory
 */
record SegmentFiles(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);
  private static final Pattern NAME = Pattern.compile("millrace-ranks-(\\d+)-(\\d+)-\\S+");

  /**
   * @param capacity see {@link Segment#write}
   * @return empty where the folder is none, or has no room
   */
  Optional<Path> create(int ranks, int capacity) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    clear();
    Neighbour self = Neighbour.self();
    Path file =
        folder.resolve(
            "millrace-ranks-%d-%d-%s".formatted(self.process(), self.started(), UUID.randomUUID()));
    try {
      Segment.write(file, ranks, capacity);
      return Optional.of(file);
    } catch (IOException e) {
      LOG.info("ranks talk by TCP, since they cannot share memory in {}: {}", folder, e.toString());
      delete(file);
      return Optional.empty();
    }
  }

  /** Deletes the files of processes that are no more. */
  private void clear() {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(SegmentFiles::isStale).forEach(SegmentFiles::delete);
    } catch (IOException e) {
      LOG.debug("{} cannot be listed", folder, e);
    }
  }

  private static boolean isStale(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        && new Neighbour(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))).isGone();
  }

  /** Does nothing where there is none. */
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", file, e.toString());
    }
  }
}

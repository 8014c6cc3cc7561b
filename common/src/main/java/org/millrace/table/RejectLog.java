package org.millrace.table;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.store.SmallFiles;

/**
 * What a task rejects, as lines of JSON while rows flow; {@link RejectFile} makes Parquet of it
 * when they have. A second Parquet writer of another schema beside the one of the good rows makes
 * the JVM throw away the code that it had compiled for them: seen to cost a tenth of a run.
 */
final class RejectLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final SequenceWriter lines;

  /** A rejected row: as JSON, with all the rules it broke and the reasons in the same order. */
  record Entry(String input, String row, List<String> rules, List<String> reasons, String runId) {}

  private RejectLog(Path path, SequenceWriter lines) {
    this.path = path;
    this.lines = lines;
  }

  static RejectLog create(Path path, Configuration hadoop) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return new RejectLog(
        path,
        JSON.writerFor(Entry.class)
            .withRootValueSeparator("\n")
            .writeValues(SmallFiles.stream(fs, path, false)));
  }

  void write(Entry entry) throws IOException {
    lines.write(entry);
  }

  String path() {
    return path.toString();
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a log from its beginning; to be closed. */
  static MappingIterator<Entry> read(Path path, Configuration hadoop) throws IOException {
    return JSON.readerFor(Entry.class)
        .readValues((java.io.InputStream) path.getFileSystem(hadoop).open(path));
  }
}

package org.millrace.table;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A Parquet file of rejected rows: {@code input} (string, the input's name), {@code row} (string,
 * the row as JSON), {@code rules} and {@code reasons} (arrays of strings, all that the row broke,
 * in the same order), {@code run_id} (string).
 */
final class RejectFile implements AutoCloseable {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            required binary input (STRING);
            required binary row (STRING);
            required group rules (LIST) { repeated group list { required binary element (STRING); } }
            required group reasons (LIST) { repeated group list { required binary element (STRING); } }
            required binary run_id (STRING);
          }
          """);

  private final ParquetWriter<Group> writer;
  private final SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);

  private RejectFile(ParquetWriter<Group> writer) {
    this.writer = writer;
  }

  private static RejectFile create(Path path, Configuration hadoop) throws IOException {
    ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(path)
            .withType(SCHEMA)
            .withConf(hadoop)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build();
    return new RejectFile(writer);
  }

  /**
   * Makes a file of a task's log.
   *
   * @return the number of rejects
   */
  static long convert(Path log, Path parquet, Configuration hadoop) throws IOException {
    long rows = 0;
    try (MappingIterator<RejectLog.Entry> entries = RejectLog.read(log, hadoop);
        RejectFile file = create(parquet, hadoop)) {
      for (; entries.hasNextValue(); rows++) {
        file.write(entries.nextValue());
      }
    }
    return rows;
  }

  private void write(RejectLog.Entry entry) throws IOException {
    Group group = groups.newGroup();
    group.add("input", entry.input());
    group.add("row", entry.row());
    addAll(group.addGroup("rules"), entry.rules());
    addAll(group.addGroup("reasons"), entry.reasons());
    group.add("run_id", entry.runId());
    writer.write(group);
  }

  private static void addAll(Group list, List<String> values) {
    for (String value : values) {
      list.addGroup("list").add("element", value);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

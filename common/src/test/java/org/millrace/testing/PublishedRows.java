package org.millrace.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Reads published Parquet files with Parquet's own reader: no Spark session is needed. */
public final class PublishedRows {
  private PublishedRows() {}

  /** The rows of a partition, columns joined by a space, sorted. */
  public static List<String> of(Path partition, String... columns) {
    List<String> rows = new ArrayList<>();
    File[] files = partition.toFile().listFiles((at, name) -> name.endsWith(".parquet"));
    if (files == null) {
      throw new AssertionError(partition + " is not there");
    }
    for (File file : files) {
      read(file, columns, rows);
    }
    rows.sort(null);
    return rows;
  }

  private static void read(File file, String[] columns, List<String> rows) {
    var path = new org.apache.hadoop.fs.Path(file.toURI());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).withConf(new Configuration()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        Group current = row;
        rows.add(
            Arrays.stream(columns)
                .map(column -> current.getValueToString(index(current, column), 0))
                .collect(Collectors.joining(" ")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int index(Group row, String column) {
    return row.getType().getFieldIndex(column);
  }
}

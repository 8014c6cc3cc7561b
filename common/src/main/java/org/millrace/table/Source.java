package org.millrace.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stored rows, not yet checked.
 *
 * @param files the files that hold data, in the order of their paths
 * @param storedNames contract column to the name in {@code rows}
 * @param malformed the rule that a line breaks which could not be split into fields, and the column
 *     of {@code rows} that holds such a line, where the format has one
 * @param shown the columns of {@code rows} that a reject's record shows
 * @param unknown source columns that the contract does not know
 */
record Source(
    Dataset<Row> rows,
    Path path,
    List<FileStatus> files,
    Map<String, String> storedNames,
    Optional<RowCheck.BrokenRule> malformed,
    List<String> shown,
    List<String> unknown) {

  long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  /** SHA-256 over path, length and modification time of each file: changes whenever a file does. */
  String identity() {
    return DigestUtils.sha256Hex(
        files.stream()
            .map(f -> f.getPath() + " " + f.getLen() + " " + f.getModificationTime() + "\n")
            .collect(Collectors.joining()));
  }
}

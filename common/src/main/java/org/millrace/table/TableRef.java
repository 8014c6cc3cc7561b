package org.millrace.table;

import java.util.Map;
import java.util.Optional;
import org.millrace.config.Check;

/**
 * Where a job's input stands and how it is written. The defaults and the meaning of each key are in
 * {@code millrace/table.conf}.
 *
 * @param columns contract column to the source's own column
 * @param formats contract column to how the source writes it: {@code epoch-seconds}, {@code
 *     epoch-millis} or a date pattern
 * @param maxRejectShare the share of rejected rows, 0 to 1, above which the run ends with exit code
 *     3
 */
public record TableRef(
    String path,
    String contract,
    Format format,
    Csv csv,
    Map<String, String> columns,
    Map<String, String> formats,
    double maxRejectShare) {

  /** How the files are written. */
  public enum Format {
    /** By the ending of the path or of the first file in it. */
    AUTO,
    PARQUET,
    CSV,
    JSON_LINES,
    /** Images and labels in the files of LeCun's IDX format, as MNIST and its likes come. */
    IDX
  }

  /**
   * How a CSV file is written.
   *
   * @param delimiter one or more characters between fields
   * @param quote the character around fields that hold a delimiter
   * @param escape the character that takes its meaning from a quote inside a quoted field
   * @param encoding such as UTF-8, ISO-8859-1 or windows-1252: one in which a line ends with the
   *     byte 0x0A
   * @param header whether the first line of each file names the columns; without it they are _c0,
   *     _c1 and so on
   * @param multiline whether quoted fields may hold line ends; such files are read by one task each
   */
  public record Csv(
      String delimiter,
      String quote,
      String escape,
      String encoding,
      boolean header,
      boolean multiline) {
    public Csv {
      Check.that(!delimiter.isEmpty(), "delimiter", delimiter, "one or more characters");
      Check.that(quote.length() == 1, "quote", quote, "one character");
      Check.that(escape.length() == 1, "escape", escape, "one character");
      Check.that(
          isByteWise(encoding),
          "encoding",
          encoding,
          "a character set in which a line ends with the byte 0x0A, such as UTF-8 or ISO-8859-1");
    }

    private static boolean isByteWise(String encoding) {
      try {
        byte[] lineEnd = "\n".getBytes(encoding);
        return lineEnd.length == 1 && lineEnd[0] == '\n';
      } catch (java.io.UnsupportedEncodingException e) {
        return false;
      }
    }
  }

  public TableRef {
    Check.that(!path.isBlank(), "path", path, "the path of a file or a folder");
    Check.that(!contract.isBlank(), "contract", contract, "a contract such as ratings.v1");
    Check.that(
        maxRejectShare >= 0 && maxRejectShare <= 1,
        "max-reject-share",
        maxRejectShare,
        "a share of rows, 0 to 1");
    formats.forEach(
        (column, written) ->
            Check.that(
                isTimeFormat(written),
                "formats",
                column + " = " + written,
                "epoch-seconds, epoch-millis or a date pattern such as dd/MM/yyyy HH:mm"));
    columns = Map.copyOf(columns);
    formats = Map.copyOf(formats);
  }

  private static boolean isTimeFormat(String format) {
    try {
      TimeFormat.of(format);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The source's name for a contract column. */
  String storedName(String column) {
    return columns.getOrDefault(column, column);
  }

  Optional<TimeFormat> timeFormat(String column) {
    return Optional.ofNullable(formats.get(column)).map(TimeFormat::of);
  }
}

package org.millrace.table;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.millrace.outcome.Stop;

/**
 * The column names of a CSV source. Every file's first line is looked at, since a file with its
 * columns in another order would otherwise be read into the wrong ones without a word.
 */
final class CsvHeader {
  private static final int MAX_COLUMNS = 20_480;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final TableRef.Csv csv;
  private final Configuration hadoop;

  CsvHeader(TableRef.Csv csv, Configuration hadoop) {
    this.csv = csv;
    this.hadoop = hadoop;
  }

  /**
   * The names of all files' columns; a name that occurs again is {@code name#2}, {@code name#3}.
   *
   * @throws Stop exit 3 where two files differ, or none has a first line
   */
  List<String> names(Path source, List<FileStatus> files) {
    List<FileStatus> filled = files.stream().filter(f -> f.getLen() > 0).toList();
    List<String[]> first =
        (csv.header() ? filled.parallelStream() : filled.stream().limit(1))
            .map(f -> firstRecord(f.getPath()))
            .toList();
    String[] header = new String[0];
    for (int i = 0; i < first.size(); i++) {
      String[] record = first.get(i);
      if (record.length == 0) {
        continue;
      }
      if (header.length > 0 && !Arrays.equals(header, record)) {
        throw Stop.contract(
            "%s: the header of %s is %s, but other files of the folder have %s; give all files the same header",
            source,
            filled.get(i).getPath().getName(),
            Arrays.toString(record),
            Arrays.toString(header));
      }
      header = record;
    }
    if (header.length == 0) {
      throw Stop.contract("%s is empty: it has not even a header line", source);
    }
    return csv.header() ? distinct(header) : numbered(header.length);
  }

  private String[] firstRecord(Path file) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(csv.delimiter());
    settings.getFormat().setQuote(csv.quote().charAt(0));
    settings.getFormat().setQuoteEscape(csv.escape().charAt(0));
    settings.getFormat().setComment('\0'); // As Spark: a header may begin with #.
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_DELIMITER);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setMaxCharsPerColumn(-1);
    CsvParser parser = new CsvParser(settings);
    try (InputStream stream = open(file)) {
      parser.beginParsing(new InputStreamReader(stream, Charset.forName(csv.encoding())));
      String[] record = parser.parseNext();
      parser.stopParsing();
      if (record == null) {
        return new String[0];
      }
      for (int i = 0; i < record.length; i++) {
        record[i] = record[i] == null ? "" : record[i].strip();
      }
      return record;
    } catch (IOException e) {
      throw Stop.contract("%s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  private InputStream open(Path file) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    InputStream stored = file.getFileSystem(hadoop).open(file);
    return withoutMark(codec == null ? stored : codec.createInputStream(stored));
  }

  /** Without the byte order mark of UTF-8, which Spark passes over too. */
  private static InputStream withoutMark(InputStream stream) throws IOException {
    PushbackInputStream rest = new PushbackInputStream(stream, MARK.length);
    byte[] first = rest.readNBytes(MARK.length);
    if (!Arrays.equals(first, MARK)) {
      rest.unread(first);
    }
    return rest;
  }

  private static List<String> distinct(String[] header) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < header.length; i++) {
      String first = header[i].isEmpty() ? "_c" + i : header[i];
      String name = first;
      // Spark compares names without their case.
      for (int times = 2; !taken.add(name.toLowerCase(Locale.ROOT)); times++) {
        name = first + "#" + times;
      }
      names.add(name);
    }
    return names;
  }

  private static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      names.add("_c" + i);
    }
    return names;
  }
}

package org.millrace.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.outcome.Stop;

/** Opens a source and checks its names and types against its contract, before any row is read. */
final class SourceReader {
  private static final String NANOSECONDS = "TIMESTAMP(NANOS";
  private static final String NO_NANOSECONDS =
      "; accepted: timestamps in micro- or milliseconds, as pandas writes them with"
          + " coerce_timestamps=\"us\"";

  static final String LINE = "_line";
  private static final String NOT_JSON = "__not_json";
  private static final int SAMPLED_LINES = 1000;

  private final SparkSession spark;
  private final Configuration hadoop;

  SourceReader(SparkSession spark) {
    this.spark = spark;
    this.hadoop = spark.sessionState().newHadoopConf();
  }

  Source open(TableRef ref, Contract contract) {
    Path path = new Path(ref.path());
    List<FileStatus> files = files(path);
    TableRef.Format format =
        ref.format() == TableRef.Format.AUTO ? guess(path, files) : ref.format();
    return switch (format) {
      case PARQUET -> parquet(path, files, ref, contract);
      case CSV -> csv(path, files, ref, contract);
      case IDX -> idx(path, files, ref, contract);
      default -> jsonLines(path, files, ref, contract);
    };
  }

  private List<FileStatus> files(Path path) {
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      FileStatus[] roots = fs.globStatus(path);
      if (roots == null || roots.length == 0) {
        throw Stop.usage(
            "%s does not exist; correct the path (a relative one is taken from the working directory, %s)",
            path, fs.getWorkingDirectory());
      }
      List<FileStatus> files = new ArrayList<>();
      for (FileStatus root : roots) {
        collect(fs, root, files);
      }
      if (files.isEmpty()) {
        throw Stop.contract("%s is a folder without data files", path);
      }
      if (files.stream().allMatch(f -> f.getLen() == 0)) {
        throw Stop.contract("%s is empty (0 bytes)", path);
      }
      files.sort(Comparator.comparing(f -> f.getPath().toString()));
      return files;
    } catch (IOException e) {
      throw Stop.contract("%s cannot be read: %s", path, e.getMessage()).because(e);
    }
  }

  private static void collect(FileSystem fs, FileStatus status, List<FileStatus> files)
      throws IOException {
    if (status.isFile()) {
      files.add(status);
      return;
    }
    for (FileStatus child : fs.listStatus(status.getPath())) {
      String name = child.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        collect(fs, child, files);
      }
    }
  }

  private static TableRef.Format guess(Path path, List<FileStatus> files) {
    for (String name : List.of(path.getName(), files.get(0).getPath().getName())) {
      String bare = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2)$", "");
      if (bare.endsWith(".parquet")) {
        return TableRef.Format.PARQUET;
      } else if (bare.endsWith(".csv") || bare.endsWith(".tsv") || bare.endsWith(".txt")) {
        return TableRef.Format.CSV;
      } else if (bare.endsWith(".json") || bare.endsWith(".jsonl") || bare.endsWith(".ndjson")) {
        return TableRef.Format.JSON_LINES;
      } else if (bare.endsWith("-ubyte")) {
        return TableRef.Format.IDX;
      }
    }
    throw Stop.usage(
        "%s: the format cannot be told from the ending; set format to parquet, csv, json-lines or idx",
        path);
  }

  private Source parquet(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    Dataset<Row> rows;
    try {
      rows = ParquetSchema.reader(spark, hadoop, files).parquet(path.toString());
    } catch (Exception e) {
      String reason = firstLine(e);
      throw Stop.contract(
              "%s cannot be read as Parquet: %s%s",
              path, reason, reason.contains(NANOSECONDS) ? NO_NANOSECONDS : "")
          .because(e);
    }
    List<String> stored = Arrays.asList(rows.columns());
    Map<String, String> names = new StoredNames(path, ref, contract).require(stored, "");
    requireTypes(rows.schema(), false, path, names, ref, contract);
    List<String> shown = names.values().stream().distinct().toList();
    return source(rows, path, files, names, Optional.empty(), shown);
  }

  private Source idx(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    Dataset<Row> rows = IdxFiles.of(files, hadoop).rows(spark);
    List<String> stored = Arrays.asList(rows.columns());
    Map<String, String> names = new StoredNames(path, ref, contract).require(stored, "");
    requireTypes(rows.schema(), false, path, names, ref, contract);
    List<String> shown = names.values().stream().distinct().toList();
    return source(rows, path, files, names, Optional.empty(), shown);
  }

  private Source csv(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    TableRef.Csv csv = ref.csv();
    List<String> header = new CsvHeader(csv, hadoop).names(path, files);
    String line = unusedName(header);
    Dataset<Row> rows =
        spark
            .read()
            .schema(strings(header).add(line, DataTypes.StringType))
            .option("header", csv.header())
            .option("sep", csv.delimiter())
            .option("quote", csv.quote())
            .option("escape", csv.escape())
            .option("encoding", csv.encoding())
            .option("multiLine", csv.multiline())
            .option("ignoreLeadingWhiteSpace", true)
            .option("ignoreTrailingWhiteSpace", true)
            .option("maxCharsPerColumn", -1)
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", line)
            .csv(path.toString());
    // With a delimiter that the file does not use, its lines are one field.
    String hint =
        header.size() == 1
            ? "; its first line is a single field, so set csv.delimiter to what stands between fields"
            : "";
    List<String> stored = without(line, rows);
    Map<String, String> names = new StoredNames(path, ref, contract).require(stored, hint);
    requireTypes(rows.schema(), true, path, names, ref, contract);
    RowCheck.BrokenRule malformed =
        new RowCheck.BrokenRule(
            RowCheck.MALFORMED,
            line,
            "a line of %d fields, as the first one".formatted(header.size()));
    return source(rows, path, files, names, Optional.of(malformed), shown(stored, line));
  }

  private Source jsonLines(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    List<String> columns =
        new ArrayList<>(
            Arrays.asList(
                spark
                    .read()
                    .option("primitivesAsString", true)
                    .option("columnNameOfCorruptRecord", NOT_JSON)
                    .json(spark.read().textFile(path.toString()).limit(SAMPLED_LINES))
                    .columns()));
    columns.remove(NOT_JSON);
    // A key may be absent from any line: what a line lacks is that row's fault, not the file's.
    Map<String, String> names = new StoredNames(path, ref, contract).expect(columns);
    names.values().stream().filter(n -> !columns.contains(n)).forEach(columns::add);
    String line = unusedName(columns);
    Dataset<Row> rows =
        spark
            .read()
            .schema(strings(columns).add(line, DataTypes.StringType))
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", line)
            .json(path.toString());
    requireTypes(rows.schema(), true, path, names, ref, contract);
    RowCheck.BrokenRule malformed =
        new RowCheck.BrokenRule(RowCheck.MALFORMED, line, "a JSON object on a line of its own");
    return source(
        rows, path, files, names, Optional.of(malformed), shown(without(line, rows), line));
  }

  /** Text is read value by value; anything else must be of a type that can be read as a whole. */
  private static void requireTypes(
      StructType stored,
      boolean textFile,
      Path path,
      Map<String, String> names,
      TableRef ref,
      Contract contract) {
    for (Contract.Field field : contract.fields()) {
      String name = names.get(field.name());
      if (name == null) {
        continue;
      }
      DataType type = stored.apply(name).dataType();
      boolean text = textFile && type.equals(DataTypes.StringType);
      if (!text && !field.type().canRead(type, ref.timeFormat(field.name()))) {
        throw Stop.contract(
            "%s: column '%s' is of type %s, but contract %s wants %s",
            path, name, type.sql(), contract.id(), field.type().accepted(Optional.empty()));
      }
    }
  }

  private static List<String> without(String line, Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).filter(c -> !c.equals(line)).toList();
  }

  private static List<String> shown(List<String> stored, String line) {
    List<String> shown = new ArrayList<>(stored);
    shown.add(line);
    return shown;
  }

  private static String unusedName(List<String> columns) {
    String name = LINE;
    while (columns.stream().anyMatch(name::equalsIgnoreCase)) {
      name = "_" + name;
    }
    return name;
  }

  private static StructType strings(List<String> names) {
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }

  private static Source source(
      Dataset<Row> rows,
      Path path,
      List<FileStatus> files,
      Map<String, String> names,
      Optional<RowCheck.BrokenRule> malformed,
      List<String> shown) {
    String line = malformed.map(RowCheck.BrokenRule::column).orElse("");
    List<String> unknown =
        Arrays.stream(rows.columns())
            .filter(c -> !names.containsValue(c) && !c.equals(line))
            .toList();
    return new Source(rows, path, files, names, malformed, shown, unknown);
  }

  private static String firstLine(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}

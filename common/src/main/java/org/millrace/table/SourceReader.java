package org.millrace.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
  private static final String LINE = "_line";
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
      }
    }
    throw Stop.usage(
        "%s: the format cannot be told from the ending; set format to parquet, csv or json-lines",
        path);
  }

  private Source parquet(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    Dataset<Row> rows;
    try {
      rows = spark.read().parquet(path.toString());
    } catch (Exception e) {
      throw Stop.contract("%s cannot be read as Parquet: %s", path, firstLine(e)).because(e);
    }
    StructType stored = rows.schema();
    Map<String, String> names = names(path, ref, contract, Arrays.asList(stored.fieldNames()));
    for (Contract.Field field : contract.fields()) {
      String name = names.get(field.name());
      if (name == null) {
        continue;
      }
      DataType type = stored.apply(name).dataType();
      if (!field.type().canRead(type, ref.timeFormat(field.name()))) {
        throw Stop.contract(
            "%s: column '%s' is of type %s, but contract %s wants %s",
            path, name, type.sql(), contract.id(), field.type().logical().article());
      }
    }
    List<String> shown =
        new ArrayList<>(new LinkedHashMap<>(names).values().stream().distinct().toList());
    return source(rows, path, files, names, Optional.empty(), shown);
  }

  private Source csv(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    TableRef.Csv csv = ref.csv();
    List<String> header = new CsvHeader(csv, hadoop).names(path, files);
    Map<String, String> names = names(path, ref, contract, header);
    StructType schema = strings(header).add(LINE, DataTypes.StringType);
    Dataset<Row> rows =
        spark
            .read()
            .schema(schema)
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
            .option("columnNameOfCorruptRecord", LINE)
            .csv(path.toString());
    List<String> shown = new ArrayList<>(header);
    shown.add(LINE);
    return source(rows, path, files, names, Optional.of(LINE), shown);
  }

  private Source jsonLines(Path path, List<FileStatus> files, TableRef ref, Contract contract) {
    List<String> seen =
        Arrays.asList(
            spark
                .read()
                .option("primitivesAsString", true)
                .json(spark.read().textFile(path.toString()).limit(SAMPLED_LINES))
                .columns());
    // A key may be absent from any line: what a line lacks is that row's fault, not the file's.
    Map<String, String> names = new LinkedHashMap<>();
    contract.fieldNames().forEach(f -> names.put(f, ref.storedName(f)));
    List<String> columns = new ArrayList<>(seen);
    columns.remove("_corrupt_record");
    names.values().stream().filter(n -> !columns.contains(n)).forEach(columns::add);
    Dataset<Row> rows =
        spark
            .read()
            .schema(strings(columns).add(LINE, DataTypes.StringType))
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", LINE)
            .json(path.toString());
    List<String> shown = new ArrayList<>(columns);
    shown.add(LINE);
    return source(rows, path, files, names, Optional.of(LINE), shown);
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
      Optional<String> corrupt,
      List<String> shown) {
    List<String> unknown =
        Arrays.stream(rows.columns())
            .filter(c -> !names.containsValue(c) && !c.equals(LINE))
            .toList();
    return new Source(rows, path, files, names, corrupt, shown, unknown);
  }

  /** Contract column to stored column, for those that the source has. */
  private static Map<String, String> names(
      Path path, TableRef ref, Contract contract, List<String> stored) {
    ref.columns()
        .forEach(
            (column, name) -> {
              if (contract.field(column).isEmpty()) {
                throw Stop.usage(
                    "%s: columns renames '%s', which contract %s does not know; its columns are %s",
                    path, column, contract.id(), contract.fieldNames());
              }
              if (!stored.contains(name)) {
                throw absent(path, "column '%s' (for %s)".formatted(name, column), name, stored);
              }
            });
    Map<String, String> names = new LinkedHashMap<>();
    for (Contract.Field field : contract.fields()) {
      String name = ref.storedName(field.name());
      if (stored.contains(name)) {
        if (stored.contains(name + "#2") && !ref.columns().containsKey(field.name())) {
          throw Stop.contract(
              "%s: the header names column '%s' more than once; choose one with columns { %s = \"%s\" } or \"%s#2\"",
              path, name, field.name(), name, name);
        }
        names.put(field.name(), name);
      } else if (field.required()) {
        throw absent(
            path,
            "column '%s' that contract %s requires".formatted(name, contract.id()),
            name,
            stored);
      }
    }
    return names;
  }

  private static Stop absent(Path path, String what, String name, List<String> stored) {
    String hint = "; if it bears another name, write it under columns";
    if (stored.size() == 1 && stored.get(0).matches(".*[;,|\\t:].*")) {
      hint =
          "; its first line is a single field, so set csv.delimiter to what stands between fields";
    } else {
      Optional<String> alike = stored.stream().filter(s -> s.equalsIgnoreCase(name)).findFirst();
      if (alike.isPresent()) {
        hint = "; there is '%s': write it under columns".formatted(alike.get());
      }
    }
    return Stop.contract("%s: %s is absent; it has %s%s", path, what, stored, hint);
  }

  private static String firstLine(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}

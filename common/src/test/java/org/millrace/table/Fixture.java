package org.millrace.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.testing.LocalSpark;

/** Contracts, files and configurations for tests, in a folder of their own. */
final class Fixture {
  static final String RUN = "run-1";

  /** Columns u (required string), n (integer), x (number): without a key. */
  static final String PLAIN =
      """
      - {name: u, logicalType: string, required: true}
      - {name: n, logicalType: integer}
      - {name: x, logicalType: number}
      """;

  private final Path folder;

  Fixture(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String content) {
    return write(name, content, StandardCharsets.UTF_8);
  }

  Path write(String name, String content, Charset charset) {
    return write(name, content.getBytes(charset));
  }

  Path write(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path parquet(String name, String... selects) {
    Dataset<Row> rows = LocalSpark.session().sql(String.join(" union all ", selects));
    Path file = folder.resolve(name);
    rows.coalesce(1).write().parquet(file.toString());
    return file;
  }

  /** Writes a contract of the columns, given as YAML flow lines. */
  Fixture contract(String name, String properties) {
    return contract(name, properties, "");
  }

  Fixture contract(String name, String properties, String tableKeys) {
    write("contracts/" + name + ".odcs.yaml", yaml(tableKeys, properties));
    return this;
  }

  static String yaml(String tableKeys, String properties) {
    return """
    kind: DataContract
    apiVersion: v3.1.0
    id: test
    name: test
    version: 1.2.0
    status: active
    schema:
      - name: test
        logicalType: object
    %s
        properties:
    %s
    """
        .formatted(tableKeys.indent(4).stripTrailing(), properties.indent(6).stripTrailing());
  }

  static String keepNewest(String by) {
    return """
    customProperties:
      - {property: duplicates, value: keep-newest}
      - {property: newestBy, value: %s}
    """
        .formatted(by);
  }

  Contracts contracts() {
    return new Contracts(List.of(folder.resolve("contracts")));
  }

  org.apache.hadoop.fs.Path staging() {
    return new org.apache.hadoop.fs.Path(folder.resolve("staging").toString());
  }

  CheckedTable open(TableRef ref) {
    return open(LocalSpark.session(), "input", ref);
  }

  CheckedTable open(SparkSession spark, String name, TableRef ref) {
    return new TableReader(spark, contracts(), staging(), RUN).open("job", name, ref, Set.of());
  }

  /** A PLAIN table. */
  CheckedTable open(Path path) {
    contract("plain.v1", PLAIN);
    return open(ref(path, "plain.v1").build());
  }

  static Ref ref(Path path, String contract) {
    return new Ref(path.toString(), contract);
  }

  /** Rows as text, sorted: {@code [a, 1, 2.0]}. */
  static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  static Dataset<Row> rejects(CheckedTable table) {
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    List<String> files = new ArrayList<>();
    try {
      for (String log : table.rejectLogs()) {
        files.add(log + "." + UUID.randomUUID() + ".parquet");
        RejectFile.convert(
            new org.apache.hadoop.fs.Path(log),
            new org.apache.hadoop.fs.Path(files.get(files.size() - 1)),
            hadoop);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LocalSpark.session().read().parquet(files.toArray(String[]::new));
  }

  /** Rejects as {@code row -> rules}. */
  static Map<String, List<String>> rulesByRow(CheckedTable table) {
    return rejects(table).collectAsList().stream()
        .collect(Collectors.toMap(r -> r.getAs("row"), r -> r.getList(r.fieldIndex("rules"))));
  }

  static List<String> reasons(CheckedTable table) {
    return rejects(table).collectAsList().stream()
        .flatMap(r -> r.<String>getList(r.fieldIndex("reasons")).stream())
        .sorted()
        .toList();
  }

  /** A configuration of an input; what is not said is as in {@code millrace/table.conf}. */
  static final class Ref {
    private final String path;
    private final String contract;
    private String delimiter = ",";
    private String encoding = "UTF-8";
    private boolean header = true;
    private boolean multiline;
    private TableRef.Format format = TableRef.Format.AUTO;
    private Map<String, String> columns = Map.of();
    private Map<String, String> formats = Map.of();
    private double maxRejectShare = 1;

    private Ref(String path, String contract) {
      this.path = path;
      this.contract = contract;
    }

    Ref delimiter(String value) {
      this.delimiter = value;
      return this;
    }

    Ref encoding(String value) {
      this.encoding = value;
      return this;
    }

    Ref withoutHeader() {
      this.header = false;
      return this;
    }

    Ref multiline() {
      this.multiline = true;
      return this;
    }

    Ref format(TableRef.Format value) {
      this.format = value;
      return this;
    }

    Ref columns(Map<String, String> value) {
      this.columns = value;
      return this;
    }

    Ref formats(Map<String, String> value) {
      this.formats = value;
      return this;
    }

    Ref maxRejectShare(double value) {
      this.maxRejectShare = value;
      return this;
    }

    TableRef build() {
      TableRef.Csv csv = new TableRef.Csv(delimiter, "\"", "\"", encoding, header, multiline);
      return new TableRef(path, contract, format, csv, columns, formats, maxRejectShare);
    }
  }
}

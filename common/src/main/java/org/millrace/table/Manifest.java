package org.millrace.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.report.RunReport.InputReport;
import org.millrace.store.SmallFiles;

/**
 * What a published partition holds and where it comes from: {@code _manifest.json}, the last file
 * that is written before the partition becomes visible.
 */
public record Manifest(
    Provenance provenance,
    String table,
    Contract contract,
    Optional<String> modelVersion,
    RowCounts counts,
    long rows,
    List<DataFile> files) {

  static final String FILE = "_manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Where a partition comes from.
   *
   * @param inputs asked when the manifest is written: what was read is known only then
   */
  public record Provenance(
      String runId,
      String useCase,
      String job,
      String date,
      String codeVersion,
      String configurationHash,
      java.util.function.Supplier<List<InputReport>> inputs) {}

  /** A data file of the partition. */
  record DataFile(String name, long bytes, long rows) {}

  void write(FileSystem fs, Path folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", "millrace-manifest/1");
    json.put("table", table);
    json.put("date", provenance.date());
    json.put("run_id", provenance.runId());
    json.put("use_case", provenance.useCase());
    json.put("job", provenance.job());
    json.put("model_version", modelVersion.orElse(null));
    json.putObject("contract")
        .put("id", contract.id())
        .put("version", contract.version())
        .put("sha256", contract.hash());
    json.putObject("rows")
        .put("unit", counts.unit())
        .put("in", counts.in())
        .put("scored", counts.scored())
        .put("rejected", counts.rejected())
        .put("published_rows", rows);
    ArrayNode list = json.putArray("files");
    files.forEach(
        f -> list.addObject().put("name", f.name()).put("bytes", f.bytes()).put("rows", f.rows()));
    json.put("code_version", provenance.codeVersion());
    json.put("configuration_sha256", provenance.configurationHash());
    ArrayNode sources = json.putArray("inputs");
    provenance
        .inputs()
        .get()
        .forEach(
            i ->
                sources
                    .addObject()
                    .put("name", i.name())
                    .put("path", i.path())
                    .put("contract", i.contract())
                    .put("identity", i.identity())
                    .put("read", i.read())
                    .put("rejected", i.rejected()));
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    SmallFiles.write(fs, new Path(folder, FILE), bytes, false);
  }
}

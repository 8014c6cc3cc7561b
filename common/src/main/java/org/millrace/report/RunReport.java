package org.millrace.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened in a run, as {@code run.json} tells it (snake_case keys; schema in {@code
 * docs/run.schema.json}).
 *
 * @param status {@code running}, {@code done}, {@code failed} (an error) or {@code refused} (by a
 *     contract or a gate)
 * @param exitCode absent while the run is running
 * @param message the sentence that ended the run; empty when it is done
 * @param configurationHash SHA-256 of the resolved configuration, secrets included
 */
public record RunReport(
    String format,
    String runId,
    String useCase,
    String date,
    String status,
    Optional<Integer> exitCode,
    String message,
    Instant startedAt,
    Optional<Instant> endedAt,
    String root,
    String codeVersion,
    String sparkVersion,
    String javaVersion,
    String applicationId,
    String master,
    String host,
    String user,
    String configurationHash,
    List<JobReport> jobs) {

  public static final String FORMAT = "millrace-run/1";

  /** The same run, ended now. */
  public RunReport ended(String how, int code, String sentence) {
    return new RunReport(
        format,
        runId,
        useCase,
        date,
        how,
        Optional.of(code),
        sentence,
        startedAt,
        Optional.of(Instant.now()),
        root,
        codeVersion,
        sparkVersion,
        javaVersion,
        applicationId,
        master,
        host,
        user,
        configurationHash,
        jobs);
  }

  /**
   * @param steps in the order in which they ended
   * @param tables small tables for people, such as the trials of a grid
   * @param galleries small pictures for people, such as examples of what a model took wrong
   */
  public record JobReport(
      String job,
      String status,
      Instant startedAt,
      double seconds,
      List<StepReport> steps,
      List<InputReport> inputs,
      List<OutputReport> outputs,
      List<ModelReport> models,
      List<MetricReport> metrics,
      List<Chart> charts,
      List<FactTable> tables,
      List<Gallery> galleries,
      List<String> warnings) {
    /** Earlier code wrote no galleries. */
    public JobReport {
      galleries = galleries == null ? List.of() : galleries;
    }
  }

  public record StepReport(String name, Instant startedAt, double seconds) {}

  /**
   * @param name the key of the input in the job's configuration, such as {@code ratings}
   * @param contract name and version, such as {@code ratings.v1}
   * @param contractHash SHA-256 of the contract's file
   * @param identity SHA-256 over path, length and modification time of each file
   */
  public record InputReport(
      String name,
      String path,
      String contract,
      String contractHash,
      String identity,
      long files,
      long bytes,
      long read,
      long accepted,
      long rejected,
      List<RuleReport> rejectsByRule) {}

  /**
   * @param rule such as {@code rating.maximum}
   * @param rows rejected rows that broke it; a row may break several
   * @param examples a few reasons with the values in them
   */
  public record RuleReport(String rule, long rows, List<String> examples) {}

  /**
   * @param unit what {@code in}, {@code scored} and {@code rejected} count, such as {@code row} or
   *     {@code user}
   * @param rows rows in the published files
   */
  public record OutputReport(
      String table,
      String path,
      String contract,
      String contractHash,
      String unit,
      long in,
      long scored,
      long rejected,
      long rows,
      long files,
      long bytes) {}

  /**
   * @param version the version's directory name
   * @param use {@code published} or {@code loaded}
   * @param current whether it is the version that scoring takes by default after this run
   * @param signedBy the short identifier of the key; empty when unsigned
   * @param gate a sentence on the gate's verdict; empty without a gate
   */
  public record ModelReport(
      String kind,
      String version,
      String path,
      String use,
      boolean current,
      String signedBy,
      String gate,
      String files) {}

  /**
   * @param baselines values of the same metric for naive competitors, by their names, in the order
   *     in which they are shown (so an ordered map); the first one stands in summaries
   */
  public record MetricReport(
      String name, double value, boolean higherIsBetter, Map<String, Double> baselines) {}

  public record FactTable(String title, List<String> columns, List<List<String>> rows) {}

  /** Some pictures side by side: a few dozen of a few kilobytes at the most. */
  public record Gallery(String title, List<Picture> pictures) {}

  /**
   * @param png the file in Base64
   */
  public record Picture(String caption, String png) {}
}

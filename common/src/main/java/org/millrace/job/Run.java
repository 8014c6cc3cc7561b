package org.millrace.job;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.Metric;
import org.millrace.model.DataIdentity;
import org.millrace.model.Draft;
import org.millrace.model.FeatureContract;
import org.millrace.model.Gate;
import org.millrace.model.GateVerdict;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.model.ModelStore;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.InputReport;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contract;
import org.millrace.table.JudgedRows;
import org.millrace.table.Manifest;
import org.millrace.table.Publisher;
import org.millrace.table.RefusedRows;

/** The running job's hands: its tables, its models, its steps and its page in the report. */
public final class Run {
  private final RunContext context;
  private final String job;
  private final JobRecorder recorder;
  private final Console console;

  Run(RunContext context, String job, JobRecorder recorder, Console console) {
    this.context = context;
    this.job = job;
    this.recorder = recorder;
    this.console = console;
  }

  public SparkSession spark() {
    return context.spark();
  }

  public LocalDate date() {
    return context.date();
  }

  public String runId() {
    return context.identity().runId();
  }

  public RunContext.Identity identity() {
    return context.identity();
  }

  /** The job's page in the report. */
  public JobRecorder report() {
    return recorder;
  }

  /**
   * Reads an input into memory (spilling to disk), checked against its contract.
   *
   * @throws Stop exit 3 where the table breaks its contract, or too many of its rows do
   */
  public CheckedTable read(NamedTable table) {
    CheckedTable opened = open(table);
    return step("read " + table.name(), opened::cache);
  }

  /**
   * Opens an input as {@link #read} does and keeps its rows on the executors' disks alone: for jobs
   * that go over them a few times and have better use for the memory.
   */
  public CheckedTable readToDisk(NamedTable table) {
    CheckedTable opened = open(table);
    return step("read " + table.name(), () -> opened.cache(StorageLevel.DISK_ONLY()));
  }

  /** Opens an input whose rows flow into a single publication; they are checked as they flow. */
  public CheckedTable stream(NamedTable table) {
    return open(table);
  }

  private CheckedTable open(NamedTable table) {
    CheckedTable opened = context.tables().open(job, table.name(), table.ref(), table.judged());
    recorder.input(opened);
    return opened;
  }

  /**
   * Refuses rows of which the job can make nothing: they go to its rejects.
   *
   * @param name what they are rows of
   * @param rule such as {@code user.no-item-left}
   * @param accepted what they should have been, to follow "must be"
   * @return how many there were
   */
  public long refuse(String name, Dataset<Row> rows, String rule, String accepted) {
    return refused(name, rows, rule, accepted).rejected();
  }

  /**
   * The same of rows of a table that has been read, which then tells them among its own rejected
   * rows.
   *
   * @throws Stop exit 3 where the table's share of rejected rows becomes too large by them
   */
  public long refuse(CheckedTable table, Dataset<Row> rows, String rule, String accepted) {
    RefusedRows refused = refused(table.name(), rows, rule, accepted);
    if (refused.rejected() > 0) {
      table.alsoRefused(List.of(refused.told()));
      table.enforce();
    }
    return refused.rejected();
  }

  private RefusedRows refused(String name, Dataset<Row> rows, String rule, String accepted) {
    RefusedRows refused = context.tables().refuse(job, name, rows, rule, accepted);
    recorder.refused(refused);
    return refused;
  }

  /**
   * Splits rows on which the job has passed its own judgement: the good ones flow on into one
   * publication, and the others go to its rejects, in the same pass.
   *
   * @param name what they are rows of
   * @param verdict the columns with the judgement
   * @param accepted by rule what a row should have been, to follow "must be"
   */
  public JudgedRows judge(
      String name, Dataset<Row> rows, JudgedRows.Verdict verdict, Map<String, String> accepted) {
    JudgedRows judged = context.tables().judge(job, name, rows, verdict, accepted);
    recorder.refused(judged);
    return judged;
  }

  /**
   * Does a part of the job's work under a name: on the terminal, in Spark's UI and in the report.
   */
  public <T> T step(String name, Supplier<T> work) {
    Instant started = Instant.now();
    console.begin(job, name);
    spark().sparkContext().setJobDescription(job + ": " + name);
    try {
      return work.get();
    } finally {
      spark().sparkContext().setJobDescription(null);
      recorder.step(name, started);
      console.end(started);
    }
  }

  /**
   * Lets Spark cut the lineage of iterative work in a folder that goes with the run.
   *
   * @see org.apache.spark.api.java.JavaRDD#checkpoint()
   */
  public void allowCheckpoints() {
    String folder = new Path(context.root().staging(runId()), "checkpoints").toString();
    spark().sparkContext().setCheckpointDir(folder);
  }

  /**
   * A hidden folder of the run on its root's file system; it goes with the run, however it ends.
   */
  public Path scratch(String name) {
    return new Path(context.root().staging(runId()), name);
  }

  /**
   * A hidden folder that outlives a run that dies: the next run of the same use case, date and job
   * finds it again if it has the same identity; what is there of another identity is removed.
   *
   * @param identity of all that the content depends on; a name such as a hash
   */
  public Path resumable(String identity) {
    return resumableFolder().of(identity);
  }

  /** Removes what {@link #resumable} gave, when it is of no more use. */
  public void forgetResumable() {
    resumableFolder().remove();
  }

  /** Removes the folder of {@link #resumable} where nothing was left in it to go on from. */
  void forgetResumableIfEmpty() {
    resumableFolder().removeIfEmpty();
  }

  private ResumableFolder resumableFolder() {
    return new ResumableFolder(
        context.root(), context.root().resumable(context.useCase(), date(), job));
  }

  /**
   * Works on a folder of the root that outlives runs, such as {@code privacy}; no other run works
   * on it meanwhile.
   *
   * @throws Stop exit 1 where another run holds it
   */
  public <T> T alone(String folder, Function<Path, T> work) {
    Root.Partition target = new Root.Partition(folder, new Path(context.root().path(), folder));
    try (RunLock lock = context.lockTable(target)) {
      lock.confirm();
      return work.apply(target.path());
    }
  }

  /**
   * Where the partition of a published table is, of the date of this run: to be read by a later
   * step, as any table.
   */
  public Path published(String table) {
    return context.root().table(table, date()).path();
  }

  /**
   * A contract by its name and major version.
   *
   * @throws Stop exit 2 where there is none
   */
  public Contract contract(String id) {
    return context.contracts().get(id);
  }

  /** Tells how a long step comes along, on a line of its own. */
  public void progress(String sentence) {
    console.progress(sentence);
  }

  public ModelStore models() {
    return context.models();
  }

  /**
   * Loads a model for scoring, verified.
   *
   * @param version empty for the current one
   */
  public ModelVersion loadModel(String kind, Optional<String> version) {
    ModelVersion loaded = step("verify model", () -> models().load(kind, version));
    boolean current =
        models().current(kind).map(c -> c.version().equals(loaded.version())).orElse(false);
    recorder.model(loaded, "loaded", current, "");
    return loaded;
  }

  /** Begins a new version of a model. */
  public Draft draftModel(String kind) {
    return models().draft(kind, kind + "-" + context.identity().stamp());
  }

  /**
   * What the store tells of a model that this job trains: what the run knows, and what the job
   * says.
   *
   * @param input the table that it was trained on
   * @param quality on rows that were held out, as {@code holdout} tells
   */
  public ModelInfo modelInfo(
      CheckedTable input,
      long seed,
      List<MeasuredMetric> quality,
      String holdout,
      ModelDescription description) {
    Contract contract = input.contract();
    InputReport read = input.report();
    return new ModelInfo(
        Instant.now(),
        job,
        runId(),
        identity().codeVersion(),
        spark().version(),
        new FeatureContract(
            contract.id(),
            contract.hash(),
            contract.fields().stream()
                .map(f -> new FeatureContract.Column(f.name(), f.type().logical().id()))
                .toList()),
        identity().configuration(),
        identity().configurationHash(),
        seed,
        List.of(new DataIdentity(input.name(), read.path(), read.identity(), read.accepted())),
        quality,
        holdout,
        description);
  }

  /**
   * Publishes a model and makes it current if the gate lets it.
   *
   * @throws Stop exit 4 where the gate refuses; the version is in the store then, but not current
   */
  public ModelVersion publishModel(Draft draft, ModelInfo info, Optional<Gate> gate) {
    List<Metric> metrics = info.metrics().stream().map(MeasuredMetric::metric).toList();
    Optional<GateVerdict> verdict = gate.map(g -> g.judge(metrics, models().current(draft.kind())));
    ModelVersion version = step("publish model", () -> models().publish(draft, info));
    boolean passed = verdict.map(GateVerdict::passed).orElse(true);
    if (passed) {
      models().promote(version);
    }
    String sentence = verdict.map(GateVerdict::sentence).orElse("");
    recorder.model(version, "published", passed, sentence);
    if (!passed) {
      throw Stop.gate(
          "the gate refused model %s: %s; the current model stays as it is",
          version.version(), sentence);
    }
    return version;
  }

  /**
   * Writes a model in a step of its own, publishes it, and makes it current if the gate lets it.
   *
   * @param step the name of the step that writes
   * @param write the model's files into a folder
   * @throws Stop exit 4 where the gate refuses; the version is in the store then, but not current
   */
  public ModelVersion publishModel(
      String kind, ModelInfo info, Optional<Gate> gate, String step, Consumer<Path> write) {
    try (Draft draft = draftModel(kind)) {
      step(
          step,
          () -> {
            write.accept(draft.path());
            return null;
          });
      return publishModel(draft, info, gate);
    }
  }

  /**
   * Publishes the scored table of the use case, with {@code model_version}, {@code run_id} and
   * {@code scored_at} on each row.
   *
   * @param counts asked when the rows are written
   */
  public void publishScores(
      String contract, Dataset<Row> rows, ModelVersion model, Publisher.Reconciliation counts) {
    Root.Partition target = context.root().scores(context.useCase(), date());
    Dataset<Row> scored =
        Publisher.withProvenance(rows, model.version(), runId(), context.identity().startedAt());
    publish(
        "scores/" + context.useCase(),
        target,
        contract,
        scored,
        Optional.of(model.version()),
        counts);
  }

  /** Publishes a table that is not a score. */
  public void publishTable(
      String name, String contract, Dataset<Row> rows, Publisher.Reconciliation counts) {
    Root.Partition target = context.root().table(name, date());
    try (RunLock shared = context.lockTable(target)) {
      publish("tables/" + name, target, contract, rows, Optional.empty(), counts);
      shared.confirm();
    }
  }

  private void publish(
      String table,
      Root.Partition target,
      String contract,
      Dataset<Row> rows,
      Optional<String> modelVersion,
      Publisher.Reconciliation counts) {
    Manifest.Provenance provenance =
        new Manifest.Provenance(
            runId(),
            context.useCase(),
            job,
            date().toString(),
            context.identity().codeVersion(),
            context.identity().configurationHash(),
            () -> recorder.report().inputs());
    Publisher.Output output =
        new Publisher.Output(
            table, target, context.contracts().get(contract), rows, modelVersion, counts);
    step(
        "publish " + table,
        () -> {
          recorder.output(context.publisher().publish(output, provenance));
          return null;
        });
  }

  void publishRejects() {
    Root.Partition target = context.root().rejects(context.useCase(), job, date());
    context.publisher().publishRejects(recorder.rejectSources(), target);
  }
}

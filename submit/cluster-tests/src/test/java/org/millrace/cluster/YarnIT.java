package org.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.model.KeyFiles;
import org.millrace.model.Keys;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;

/** Submits to a YARN with HDFS, as a user does, and reads back what is on HDFS then. */
class YarnIT {
  private static final Pattern RUN = Pattern.compile("(?m)^run (\\S+)$");
  private static final String DATE = "2026-01-31";

  private static final String SHORT_LIVED =
      "--add-modules=jdk.incubator.vector -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** Small enough for all containers to find a place at once. */
  private static final List<String> SMALL =
      List.of(
          "--set", "spark.executor.memory=700m",
          "--set", "spark.executor.memoryOverhead=1536m",
          "--set", "spark.executor.cores=1",
          "--set", "spark.driver.memory=700m",
          "--set", "spark.driver.memoryOverhead=800m",
          "--set", "spark.sql.shuffle.partitions=2",
          "--set", "spark.ui.enabled=false",
          "--set", "spark.yarn.scheduler.heartbeat.interval-ms=500",
          // Lives of some seconds: the first compiler is enough.
          "--set", "spark.driver.extraJavaOptions=" + SHORT_LIVED,
          "--set", "spark.executor.extraJavaOptions=" + SHORT_LIVED);

  @TempDir private static Path folder;
  private static Cluster cluster;
  private static SparkSession spark;

  /** A run that waits for executors while others work. */
  private static Submit crowded;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(folder);
    spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    FileSystem fs = cluster.fs();
    for (String table : List.of("movies", "fashion", "purchases")) {
      fs.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(Submit.HOME.resolve("data/" + table).toUri()),
          new org.apache.hadoop.fs.Path("/data/" + table));
    }
    crowded =
        submit(
            "movies",
            "/crowded",
            "--set",
            "spark.yarn.queue=small",
            "--set",
            "spark.executor.instances=1",
            "--set",
            "recommend.train-als.ratings.path=/data/movies/ratings.txt",
            "--set",
            "start-within=30 s");
    waitFor(crowded, () -> cluster.applications() > 0);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    cluster.close();
  }

  private static Submit submit(String useCase, String root, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "conf/use-cases/" + useCase + ".conf", "--env", "yarn"));
    arguments.addAll(List.of("--date", DATE, "--root", cluster.uri() + root));
    arguments.addAll(SMALL);
    arguments.addAll(
        List.of(
            "--set",
            "spark.yarn.jars=local:" + Submit.SPARK.resolve("jars") + "/*",
            "--set",
            "spark.driver.host=localhost"));
    arguments.addAll(List.of(more));
    return Submit.start(Map.of("HADOOP_CONF_DIR", cluster.configuration().toString()), arguments);
  }

  private static RunReport report(String root, String output) throws IOException {
    Matcher run = RUN.matcher(output);
    assertThat(run.find()).as(output).isTrue();
    try (InputStream json =
        cluster
            .fs()
            .open(new org.apache.hadoop.fs.Path(root + "/runs/" + run.group(1) + "/run.json"))) {
      return RunJson.read(json.readAllBytes());
    }
  }

  @Test
  void aRecommenderIsTrainedSignedAndItsListsAreOnHdfs() throws Exception {
    KeyFiles keys = Keys.generate(folder.resolve("here"));
    Submit.Ended ended =
        submit(
                "movies",
                "/films",
                "--set",
                "spark.executor.instances=1",
                "--set",
                "recommend.train-als.grid.rank=[4]",
                "--set",
                "recommend.train-als.iterations=3",
                "--set",
                "recommend.train-als.ratings.path=/data/movies/ratings.txt",
                "--set",
                "models.signing-key=" + keys.privateKey(),
                "--set",
                "models.trusted-keys=[\"%s\"]".formatted(keys.publicKey()))
            .within(300);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("movies " + DATE + ": done", "recommend.top-k", "application_", "report.html");
    RunReport report = report("/films", ended.output());
    assertThat(report.status()).isEqualTo("done");
    assertThat(report.master()).isEqualTo("yarn");
    assertThat(report.root()).isEqualTo(cluster.uri() + "/films");
    assertThat(report.jobs().get(0).models().get(0).signedBy()).isEqualTo(keys.keyId());

    Dataset<Row> lists = spark.read().parquet(cluster.uri() + "/films/scores/movies");
    Row most =
        lists.groupBy("user").count().agg(functions.max("count"), functions.min("count")).head();
    assertThat(most.getLong(0)).isEqualTo(10);
    assertThat(lists.select("run_id").distinct().head().getString(0)).isEqualTo(report.runId());
    FileStatus[] model =
        cluster.fs().listStatus(new org.apache.hadoop.fs.Path("/films/models/movies"));
    assertThat(model).isNotEmpty();
    assertThat(
            cluster
                .fs()
                .listStatus(
                    new org.apache.hadoop.fs.Path("/films/.locks/use-cases~movies~ds=" + DATE)))
        .isEmpty();
  }

  @Test
  void twoRanksOnGpusGoOnAfterAContainerIsKilled() throws Exception {
    Submit submit =
        submit(
            "fashion",
            "/deep",
            "--step",
            "deep.train",
            "--profile",
            "gpu",
            "--set",
            "spark.yarn.dist.files=" + cluster.gpuAddresses().toUri(),
            "--set",
            "spark.executor.resource.gpu.discoveryScript=./made-up-gpu",
            "--set",
            "spark.executor.extraJavaOptions="
                + SHORT_LIVED
                + " -Dmillrace.deep.gpu-on-processor=true",
            "--set",
            "deep.train.examples.path=/data/fashion/train-*",
            "--set",
            "deep.train.gate.at-least=0.2",
            "--set",
            "deep.train.training.epochs=2",
            "--set",
            "deep.train.training.checkpoints.every-steps=4");
    waitFor(submit, () -> files("/deep/.resumable", "") > 0);
    ProcessHandle executor = executors().get(0);
    assertThat(executor.destroyForcibly()).isTrue();
    Submit.Ended ended = submit.within(400);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    RunReport report = report("/deep", ended.output());
    assertThat(report.status()).isEqualTo("done");
    assertThat(report.jobs().get(0).models()).hasSize(1);
    assertThat(cluster.fs().exists(new org.apache.hadoop.fs.Path("/deep/models/fashion"))).isTrue();
    assertThat(containerLogs(report.applicationId()))
        .contains("GPU 0 is the task's", "the ranks start again from");
  }

  @Test
  void aDriverThatIsKilledIsToldAndItsRunIsEnded() throws Exception {
    Submit submit =
        submit(
            "movies",
            "/killed",
            "--set",
            "spark.executor.instances=1",
            "--set",
            "recommend.train-als.ratings.path=/data/movies/ratings.txt");
    waitFor(submit, () -> files("/killed/runs", "run.json") > 0);
    Matcher run = RUN.matcher(submit.soFar());
    assertThat(run.find()).as(submit.soFar()).isTrue();
    ProcessHandle driver = processes("ApplicationMaster.*" + Pattern.quote(run.group(1))).get(0);
    assertThat(driver.destroyForcibly()).isTrue();
    Submit.Ended ended = submit.within(120);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains("the cluster ended the driver of application_");
    RunReport report = report("/killed", ended.output());
    assertThat(report.status()).isEqualTo("failed");
    assertThat(report.exitCode()).contains(1);
  }

  @Test
  void aDriverOnThisMachineTellsItsSteps() throws Exception {
    Submit.Ended ended =
        submit(
                "private-statistics",
                "/client",
                "--set",
                "spark.submit.deployMode=client",
                "--set",
                "spark.executor.instances=1",
                "--set",
                "features.private-aggregates.table.path=/data/purchases/purchases.csv")
            .within(300);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .containsPattern("features\\.private-aggregates  \\S+")
        .contains("private-statistics " + DATE + ": done");
    assertThat(files("/client/tables/private-statistics", "_manifest.json")).isEqualTo(1);
  }

  @Test
  void aUseCaseIsValidatedByThisMachineAlone() throws Exception {
    int before = cluster.applications();
    List<String> validate =
        List.of(
            "validate",
            "conf/use-cases/movies.conf",
            "--env",
            "yarn",
            "--root",
            cluster.uri() + "/films",
            "--set",
            "recommend.train-als.ratings.path=/data/movies/ratings.txt");
    Submit.Ended ended =
        Submit.start(Map.of("HADOOP_CONF_DIR", cluster.configuration().toString()), validate)
            .within(120);

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("the configuration is valid", "recommend.train-als.ratings");
    assertThat(cluster.applications()).isEqualTo(before);
  }

  @Test
  void anExitCodeOfTheDriverIsTheLaunchers() throws Exception {
    Submit.Ended ended =
        submit(
                "movies",
                "/refused",
                "--set",
                "spark.executor.instances=1",
                "--step",
                "recommend.train-als",
                "--set",
                "recommend.train-als.ratings.path=/data/movies",
                "--set",
                "recommend.train-als.ratings.columns.user=_c9")
            .within(240);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(3);
    assertThat(report("/refused", ended.output()).exitCode()).contains(3);
  }

  @Test
  void executorsThatFindNoPlaceEndTheRun() throws Exception {
    Submit.Ended ended = crowded.within(180);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output().replaceAll("\\s+", " "))
        .contains("no executor has started within 30 s (start-within)", "700m + 1536m memory");
  }

  @Test
  void aDriverThatFindsNoPlaceIsWithdrawnAndWhatWasSentNobodyElseCouldRead() throws Exception {
    Submit submit =
        submit(
            "movies",
            "/waiting",
            "--set",
            "spark.yarn.queue=small",
            "--set",
            "spark.driver.memory=2g",
            "--set",
            "start-within=10 s");
    String staging = "/user/%s/.sparkStaging".formatted(System.getProperty("user.name"));
    waitFor(submit, () -> files(staging, "staged.zip") > 0);
    assertThat(cluster.fs().listStatus(new org.apache.hadoop.fs.Path(staging)))
        .isNotEmpty()
        .allSatisfy(sent -> assertThat(sent.getPermission().toString()).isEqualTo("rwx------"));
    Submit.Ended ended = submit.within(120);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output())
        .contains(
            "did not get its place within 10 s", "waits in queue", "asks for 2848 MiB", "MiB and");
  }

  @Test
  void whatTheClusterDoesNotHaveIsToldBeforeAnythingIsSubmitted() throws Exception {
    int before = cluster.applications();
    assertThat(refused("--set", "spark.yarn.queue=nobody"))
        .contains("spark.yarn.queue is nobody", "accepted: closed, default, small");
    assertThat(refused("--set", "spark.yarn.queue=closed")).contains("takes no applications now");
    assertThat(refused("--set", "spark.executor.memory=20g"))
        .contains("an executor asks for", Cluster.NODE_MIB + " MiB at most");
    assertThat(refused("--profile", "gpu", "--set", "spark.executor.resource.gpu.amount=3"))
        .contains("3 GPUs", "more than 1");
    assertThat(cluster.applications()).isEqualTo(before);
  }

  @Test
  void withoutTheClustersConfigurationItSaysSo() throws Exception {
    Submit.Ended ended =
        Submit.start(Map.of(), List.of("run", "conf/use-cases/movies.conf", "--env", "yarn"))
            .within(60);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set");
  }

  private static String refused(String... more) throws Exception {
    Submit.Ended ended = submit("movies", "/none", more).within(60);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
    return ended.output();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void waitFor(Submit submit, Condition condition) throws Exception {
    long deadline = System.nanoTime() + 240_000_000_000L;
    while (!condition.holds()) {
      assertThat(submit.runs()).as(submit.soFar()).isTrue();
      assertThat(System.nanoTime()).as(submit.soFar()).isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  /** Files below a folder whose names begin so. */
  private static int files(String folder, String name) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder);
    int files = 0;
    if (cluster.fs().exists(path)) {
      var all = cluster.fs().listFiles(path, true);
      while (all.hasNext()) {
        files += all.next().getPath().getName().startsWith(name) ? 1 : 0;
      }
    }
    return files;
  }

  private static List<ProcessHandle> executors() {
    return processes("YarnCoarseGrainedExecutorBackend");
  }

  /** Java processes of containers by a pattern within their command line. */
  private static List<ProcessHandle> processes(String pattern) {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().command().orElse("").endsWith("java"))
        .filter(p -> Pattern.compile(pattern).matcher(p.info().commandLine().orElse("")).find())
        .toList();
  }

  private static String containerLogs(String application) throws IOException {
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("target"))) {
      for (Path log : files.filter(f -> f.endsWith("stderr")).toList()) {
        if (log.toString().contains(application)) {
          logs.append(Files.readString(log));
        }
      }
    }
    return logs.toString();
  }
}

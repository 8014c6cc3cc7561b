package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.table.Fixture.ref;
import static org.millrace.table.Stops.stops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
import org.millrace.testing.LocalSpark;

final class PublisherTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 31);
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir Path folder;
  private Fixture fixture;
  private Root root;
  private RunLock lock;
  private Root.Partition target;

  @BeforeEach
  void root() {
    fixture = new Fixture(folder.resolve("in")).contract("plain.v1", Fixture.PLAIN);
    String location = folder.resolve("root").toString();
    root = Root.open(location, SPARK.sessionState().newHadoopConf());
    lock = RunLock.take(root, "films", Fixture.RUN, run -> {});
    target = root.scores("films", DATE);
  }

  @AfterEach
  void release() {
    lock.close();
  }

  private Path at(Root.Partition partition) {
    return folder.resolve("root").resolve(partition.relative());
  }

  private OutputReport publish(Dataset<Row> rows, RowCounts counts, CheckedTable... inputs) {
    Publisher.Output output =
        new Publisher.Output(
            "scores/films",
            target,
            fixture.contracts().get("plain.v1"),
            rows,
            Optional.of("model-1"),
            written -> counts);
    return new Publisher(root, Fixture.RUN, lock).publish(output, provenance(inputs));
  }

  private static Manifest.Provenance provenance(CheckedTable... inputs) {
    return new Manifest.Provenance(
        Fixture.RUN,
        "films",
        "recommend.top-k",
        DATE.toString(),
        "0.1",
        "c0ffee",
        () -> Stream.of(inputs).map(CheckedTable::report).toList());
  }

  /** Rows of one value of n, to be told from those of another publication. */
  private static Dataset<Row> rows(int count, long n) {
    return SPARK
        .range(0, count, 1, 2)
        .selectExpr("1.5d as x", "cast(id as string) as u", n + "L as n");
  }

  private static RowCounts counts(long rows) {
    return new RowCounts("row", rows, rows, 0);
  }

  private List<Row> published() {
    String table = folder.resolve("root/scores/films").toString();
    return SPARK.read().parquet(table).select("n", "ds").distinct().collectAsList();
  }

  @Test
  void streamsATableInOnePassAndTellsAllInItsManifest() throws IOException {
    Path file = fixture.write("t.csv", "u,n,x\na,1,2\nb,z,3\nc,3,4\n");
    CheckedTable input = fixture.open(ref(file, "plain.v1").build());
    Dataset<Row> rows =
        Publisher.withProvenance(input.rows(), "model-1", Fixture.RUN, Instant.EPOCH);
    Publisher.Output output =
        new Publisher.Output(
            "scores/films",
            target,
            input.contract(),
            rows.select("scored_at", "x", "u", "n"),
            Optional.of("model-1"),
            written -> new RowCounts("row", input.seen(), 2, input.rejected()));
    OutputReport report = new Publisher(root, Fixture.RUN, lock).publish(output, provenance(input));
    new Publisher(root, Fixture.RUN, lock)
        .publishRejects(List.of(input), root.rejects("films", "job", DATE));

    assertThat(report.in()).isEqualTo(3);
    assertThat(report.rows()).isEqualTo(2);
    Dataset<Row> read = SPARK.read().parquet(folder.resolve("root/scores/films").toString());
    assertThat(read.columns()).containsExactly("u", "n", "x", "scored_at", "ds");
    assertThat(read.count()).isEqualTo(2);
    JsonNode manifest = new ObjectMapper().readTree(at(target).resolve("_manifest.json").toFile());
    assertThat(manifest.properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactly(
            "format",
            "table",
            "date",
            "run_id",
            "use_case",
            "job",
            "model_version",
            "contract",
            "rows",
            "files",
            "code_version",
            "configuration_sha256",
            "inputs");
    assertThat(manifest.path("rows").toString())
        .isEqualTo("{\"unit\":\"row\",\"in\":3,\"scored\":2,\"rejected\":1,\"published_rows\":2}");
    assertThat(manifest.path("contract").path("sha256").asText())
        .isEqualTo(input.contract().hash());
    JsonNode source = manifest.path("inputs").get(0);
    assertThat(source.path("identity").asText()).isEqualTo(input.report().identity());
    assertThat(source.path("read").asLong()).isEqualTo(3);
    long listed = 0;
    for (JsonNode data : manifest.path("files")) {
      Path path = at(target).resolve(data.path("name").asText());
      assertThat(path).hasSize(data.path("bytes").asLong());
      assertThat(SPARK.read().parquet(path.toString()).count())
          .isEqualTo(data.path("rows").asLong());
      listed++;
    }
    try (Stream<Path> files = Files.list(at(target))) {
      assertThat(files.filter(f -> !f.getFileName().toString().startsWith(".")))
          .hasSize((int) listed + 1);
    }
    Dataset<Row> rejects =
        SPARK.read().parquet(folder.resolve("root/rejects/films/job").toString());
    assertThat(rejects.select("reasons").first().<String>getList(0))
        .first(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .startsWith("n is 'z'");
    assertThat(rejects.count()).isEqualTo(1);
  }

  @Test
  void aRerunReplacesItsDateOnly() {
    publish(rows(10, 1), counts(10));
    publish(rows(7, 2), counts(7));
    Root.Partition other = root.scores("films", DATE.plusDays(1));
    target = other;
    publish(rows(3, 3), counts(3));

    assertThat(published().stream().map(Row::toString))
        .containsExactlyInAnyOrder("[2,2026-01-31]", "[3,2026-02-01]");
  }

  @Test
  void publishesAnEmptyTableInPlaceOfAFullOne() {
    publish(rows(10, 1), counts(10));
    publish(rows(0, 2), counts(0));

    assertThat(SPARK.read().parquet(at(target).toString()).count()).isZero();
  }

  @Test
  void changesNothingWhenItCannotPublish() {
    publish(rows(10, 1), counts(10));

    stops(ExitCode.FAILED, () -> publish(rows(10, 2), counts(9)))
        .contains("9 rows in", "10 rows written", "nothing was published");
    stops(ExitCode.FAILED, () -> publish(rows(1, 2), new RowCounts("user", 5, 3, 1)))
        .contains("5 users in, 3 scored and 1 rejected");
    assertThat(published().stream().map(Row::toString)).containsExactly("[1,2026-01-31]");
  }

  @Test
  void aFailingWriteAndALostLockChangeNothing() throws IOException {
    publish(rows(10, 1), counts(10));

    Dataset<Row> failing = rows(10, 2).selectExpr("u", "x", "n + raise_error('planted') as n");
    assertThatThrownBy(
            () -> publish(failing.selectExpr("u", "x", "cast(n as bigint) n"), counts(10)))
        .hasStackTraceContaining("planted");
    root.fs().delete(root.staging(Fixture.RUN), true);
    Files.delete(folder.resolve("root/.locks/films/run-1.lock"));
    stops(ExitCode.FAILED, () -> publish(rows(5, 2), counts(5))).contains("taken over");
    assertThat(published().stream().map(Row::toString)).containsExactly("[1,2026-01-31]");
  }

  @Test
  void refusesRowsThatAreNotAsTheContractPromises() {
    assertThatThrownBy(() -> publish(rows(1, 1).drop("x"), counts(1)))
        .hasMessageContaining("column x of type DOUBLE");
    assertThatThrownBy(() -> publish(rows(1, 1).selectExpr("u", "n", "1 as x"), counts(1)))
        .hasMessageContaining("column x of type DOUBLE");
  }

  @Test
  void rejectsOfARerunReplaceThoseOfBefore() {
    Root.Partition rejects = root.rejects("films", "job", DATE);
    Publisher publisher = new Publisher(root, Fixture.RUN, lock);
    for (String lines : List.of("a,x,\nb,y,\nc,1,\n", "a,z,\nc,1,\n")) {
      try (CheckedTable table = fixture.open(fixture.write("t.csv", "u,n,x\n" + lines)).cache()) {
        publisher.publishRejects(List.of(table), rejects);
        assertThat(SPARK.read().parquet(at(rejects).toString()).count())
            .isEqualTo(table.rejected());
      }
    }
    try (CheckedTable table = fixture.open(fixture.write("t.csv", "u,n,x\na,1,\n")).cache()) {
      publisher.publishRejects(List.of(table), rejects);
    }
    assertThat(at(rejects)).doesNotExist();
  }

  /** Tells none while the partition is away, and fails on anything but whole partitions. */
  @Test
  void aReaderSeesWholePartitionsOnly() throws Exception {
    publish(rows(40, 0), counts(40));
    AtomicBoolean done = new AtomicBoolean();
    int[] seen = new int[2];
    Throwable[] wrong = new Throwable[1];
    Thread reader =
        new Thread(
            () -> {
              try {
                while (!done.get()) {
                  long rows = readCount();
                  seen[rows < 0 ? 1 : 0]++;
                  assertThat(rows).isIn(-1L, 40L);
                }
              } catch (Throwable thrown) {
                wrong[0] = thrown;
              }
            });
    reader.start();
    for (int i = 1; i <= 30; i++) {
      publish(rows(40, i), counts(40));
    }
    done.set(true);
    reader.join();

    assertThat(wrong[0]).isNull();
    assertThat(seen[0]).as("reads of a whole partition").isGreaterThan(5);
  }

  /** Minus one where a reader finds no partition, or finds its files gone. */
  private long readCount() {
    try {
      List<Row> rows = SPARK.read().parquet(at(target).toString()).select("n").collectAsList();
      assertThat(rows.stream().distinct().count()).as("publications in one read").isEqualTo(1);
      return rows.size();
    } catch (Exception e) {
      return -1;
    }
  }
}

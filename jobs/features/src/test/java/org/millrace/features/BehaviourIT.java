package org.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.Chart;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

/** Events in, what users did out, by the command line. */
class BehaviourIT {
  private static final String DATE = "2026-01-31";

  @TempDir Path folder;

  private CommandResult run(String behaviour) throws IOException {
    Path useCase =
        Files.writeString(
            folder.resolve("shop.conf"),
            """
            use-case = shop
            steps = [features.behaviour]
            features.behaviour {
              output = shop
              %s
            }
            """
                .formatted(behaviour));
    return Cli.run("run", useCase.toString(), "--root", root().toString(), "--date", DATE);
  }

  private Path root() {
    return folder.resolve("root");
  }

  private Path table(String name) {
    return root().resolve("tables/" + name + "/ds=" + DATE);
  }

  private List<String> rejectedRules() {
    Path rejects = root().resolve("rejects/shop/features.behaviour/ds=" + DATE);
    return PublishedRows.of(rejects, "rules").stream().map(r -> r.replaceAll("\\s+", " ")).toList();
  }

  @Test
  void aLogBecomesVisitsAndGarbageIsRejected() throws IOException {
    String line = "%s - - [%s] \"GET %s HTTP/1.1\" 200 10 \"-\" \"agent\"";
    List<String> lines =
        new ArrayList<>(
            List.of(
                line.formatted("10.0.0.1", "30/Jan/2026:10:00:00 +0000", "/product/1"),
                line.formatted("10.0.0.1", "30/Jan/2026:10:05:00 +0000", "/cart?add=1"),
                // The same instant as 12:20 UTC.
                line.formatted("10.0.0.1", "30/Jan/2026:13:20:00 +0100", "/done"),
                line.formatted("10.0.0.2", "30/Jan/2026:10:00:00 +0000", "/product/2"),
                line.formatted("10.0.0.2", "30/Jan/2026:10:00:00 +0000", "/product/2"),
                line.formatted("10.0.0.2", "02/Feb/2026:10:00:00 +0000", "/product/2"),
                line.formatted("10.0.0.3", "30/Jan/2026:10:00:00 +9900", "/"),
                "\u0016\u0003\u0001 garbage"));
    for (int i = 0; i < 90; i++) {
      lines.add(line.formatted("10.1.0." + i, "29/Jan/2026:10:00:00 +0000", "/"));
    }
    Path log = Files.write(folder.resolve("access.log"), lines);
    String source =
        """
        source {
          kind = access-log
          access-log {
            visitor = host
            table { path = "%s", max-reject-share = %s }
            events { view = "^/product/", cart = "^/cart", done = "^/done$" }
          }
        }
        funnel { steps = [view, cart, done], within = 3 hours }
        users { purchases = [done], counts = [view] }
        """;
    CommandResult refused = run(source.formatted(log, "0.03"));
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.report(root()).message())
        .contains("4 of 98 rows", "4.08 %", "max-reject-share 0.03");
    assertThat(table("shop-users")).doesNotExist();

    CommandResult done = run(source.formatted(log, "0.05"));
    assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
    assertThat(RunSchema.problems(done.runFolder(root()).resolve("run.json"))).isEmpty();
    assertThat(rejectedRules()).hasSize(4);
    assertThat(String.join(" ", rejectedRules()))
        .contains("line.garbage", "event.duplicate", "time.future");
    assertThat(
            PublishedRows.of(
                table("shop-sessions"), "user", "events", "seconds", "first_item", "last_event"))
        .hasSize(93)
        .contains(
            "10.0.0.1 2 300.0 /product/1 cart",
            "10.0.0.1 1 0.0 /done done",
            "10.0.0.2 1 0.0 /product/2 view");
    assertThat(PublishedRows.of(table("shop-funnel"), "step", "users"))
        .containsExactly("0 92", "1 2", "2 1", "3 1");
    JobReport job = done.report(root()).jobs().get(0);
    assertThat(job.inputs().get(0).rejected()).isEqualTo(4);
    for (OutputReport output : job.outputs()) {
      assertThat(output.in()).as(output.table()).isEqualTo(output.scored() + output.rejected());
    }
  }

  @Test
  void eventsOutOfOrderWithUnknownZonesAndFromTheFuture() throws IOException {
    Path events =
        Files.write(
            folder.resolve("events.csv"),
            List.of(
                "user,timestamp,event,value,zone",
                "a,2026-01-31T22:59:00Z,buy,3,Europe/Berlin",
                "a,2026-01-30T08:00:00Z,view,,Europe/Berlin",
                // Already the first of February where it happened, and behind the end of the date.
                "a,2026-01-31T23:30:00Z,buy,4,Europe/Berlin",
                "b,2026-01-31T10:00:00Z,buy,5,Mars/Phobos",
                "b,2026-01-31T10:00:00Mars/Phobos,buy,5,",
                "b,2026-01-31T10:00:00+01:00,buy,6,",
                // Where it happened it is the first of February, and for another it still is
                // January.
                "k,2026-01-31T12:00:00Z,buy,7,Pacific/Kiritimati",
                "l,2026-02-01T05:00:00Z,buy,8,America/Los_Angeles",
                // Older than what Spark's Parquet writer takes by itself.
                "o,1851-05-01T00:00:00Z,buy,9,"));
    String source =
        """
        source.table.table { path = "%s", max-reject-share = 0.9 }
        checks { zone = Europe/Berlin, future = %s }
        """;
    CommandResult rejecting = run(source.formatted(events, "reject"));
    assertThat(rejecting.exitCode()).as(rejecting.out() + rejecting.err()).isZero();
    assertThat(String.join(" ", rejectedRules()))
        .contains("zone.unknown", "time.future", "timestamp.type");
    assertThat(PublishedRows.of(table("shop-users"), "user", "events", "future_events"))
        .containsExactly("a 2 0", "b 1 0", "l 1 0", "o 1 0");

    CommandResult flagging = run(source.formatted(events, "flag"));
    assertThat(flagging.exitCode()).as(flagging.out() + flagging.err()).isZero();
    assertThat(PublishedRows.of(table("shop-users"), "user", "events", "future_events"))
        .containsExactly("a 3 1", "b 1 0", "k 1 1", "l 1 0", "o 1 0");
    for (OutputReport output : flagging.report(root()).jobs().get(0).outputs()) {
      assertThat(output.in()).as(output.table()).isEqualTo(output.scored() + output.rejected());
    }
    // Who has events of tomorrow alone is in no cohort, and not among the rejected either.
    assertThat(flagging.report(root()).jobs().get(0).outputs())
        .filteredOn(output -> output.table().equals("tables/shop-cohorts"))
        .allMatch(output -> output.in() == 4 && output.scored() == 4);
  }

  /** The use case without the steps of another family, which is not on this class path. */
  private Path ownStep(Path useCase) throws IOException {
    String text = Files.readString(useCase);
    return Files.writeString(
        folder.resolve("purchases.conf"),
        text.substring(0, text.indexOf("\nrecommend {")).replaceAll(", recommend\\.[a-z-]+", ""));
  }

  @Test
  void theUseCaseOfPurchasesSaysWhatACountByHandSays() throws IOException {
    Path home = Path.of(System.getProperty("millrace.home"));
    Path data = home.resolve("data/purchases/purchases.csv");
    CommandResult result =
        Cli.run(
            "run",
            ownStep(home.resolve("conf/use-cases/purchases.conf")).toString(),
            "--root",
            root().toString(),
            "--date",
            "1998-06-30",
            "--set",
            "features.behaviour.source.table.table.path=" + data);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();

    Map<String, Double> paid = new TreeMap<>();
    Map<String, Integer> bought = new TreeMap<>();
    Map<String, String> first = new TreeMap<>();
    List<String> lines = Files.readAllLines(data);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      paid.merge(fields[0], Double.parseDouble(fields[3]), Double::sum);
      bought.merge(fields[0], 1, Integer::sum);
      first.merge(fields[0], fields[1].substring(0, 6), (a, b) -> a.compareTo(b) < 0 ? a : b);
    }
    Path users = root().resolve("tables/purchases-users/ds=1998-06-30");
    List<String> told = PublishedRows.of(users, "user", "frequency", "monetary");
    assertThat(told).hasSize(paid.size());
    for (String row : told) {
      String[] cells = row.split(" ", -1);
      assertThat(Integer.parseInt(cells[1])).isEqualTo(bought.get(cells[0]));
      assertThat(Double.parseDouble(cells[2]))
          .isCloseTo(paid.get(cells[0]), org.assertj.core.data.Offset.offset(1e-6));
    }
    List<String> cohorts =
        PublishedRows.of(
            root().resolve("tables/purchases-cohorts/ds=1998-06-30"), "period", "users");
    long inCohorts =
        cohorts.stream()
            .filter(r -> r.startsWith("0 "))
            .mapToLong(r -> Long.parseLong(r.substring(2)))
            .sum();
    assertThat(inCohorts).isEqualTo(first.size());
    JobReport job = result.report(root()).jobs().get(0);
    Chart retention =
        job.charts().stream()
            .filter(c -> c.kind() == Chart.Kind.HEAT_MAP)
            .findFirst()
            .orElseThrow();
    assertThat(retention.series()).hasSize((int) first.values().stream().distinct().count());
  }
}

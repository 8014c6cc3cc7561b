package org.millrace.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

/** Content, blends, segments and baskets by the command line, on tables with a planted taste. */
class ManyRecommendersIT {
  private static final int USERS = 40;
  private static final int ITEMS = 30;

  @TempDir Path folder;

  /** Even users had even items, which are comedies; odd ones odd items, dramas. Nobody had i30. */
  private void write() throws IOException {
    Random random = new Random(7);
    List<String> events = new ArrayList<>(List.of("user,item"));
    List<String> users = new ArrayList<>(List.of("user,visits,spent"));
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        if (u % 2 == i % 2 && random.nextDouble() < 0.6) {
          events.add("u%d,i%d".formatted(u, i));
        }
      }
      users.add("u%d,%d,%d".formatted(u, u % 2 == 0 ? 2 + u % 3 : 40 + u % 5, 7));
    }
    users.add("nobody,,3");
    List<String> items = new ArrayList<>(List.of("item,genres,title,year"));
    for (int i = 0; i <= ITEMS; i++) {
      String genres = i % 2 == 0 ? "Comedy|Short" : "Drama|Short";
      items.add("i%d,%s,Film number %d,%d".formatted(i, genres, i, 1950 + i));
    }
    Files.write(folder.resolve("events.csv"), events);
    Files.write(folder.resolve("users.csv"), users);
    Files.write(folder.resolve("items.csv"), items);
    Files.writeString(
        folder.resolve("people.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: people
        name: people
        version: 1.0.0
        status: active
        description: {purpose: Visitors., usage: Test.}
        schema:
          - name: people
            logicalType: object
            physicalType: table
            description: One row a visitor.
            properties:
              - {name: user, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1, description: Who.}
              - {name: visits, logicalType: number, required: false, description: How often.}
              - {name: spent, logicalType: number, required: false, description: How much.}
        """);
  }

  private Path useCase() throws IOException {
    return Files.writeString(
        folder.resolve("many.conf"),
        """
        use-case = many
        data-schemas = "%1$s"
        steps = [recommend.content, recommend.blend, recommend.segments, recommend.baskets, recommend.top-k]
        recommend {
          content {
            ratings { path = "%1$s/events.csv", contract = interactions.v1 }
            items { path = "%1$s/items.csv", contract = film-items.v1 }
            features = [
              { column = genres, weight = 3, as { kind = categories } }
              { column = title, as { kind = text } }
              { column = year, as { kind = numeric } }
            ]
            k = [5]
            final-fit = train
          }
          blend {
            ratings = ${recommend.content.ratings}
            als { rank = 2, iterations = 3 }
            content { items = ${recommend.content.items}, features = [{ column = genres, as { kind = categories } }] }
            candidates = 20
            step = 0.25
            at = 5
            k = [5]
            final-fit = train
          }
          segments {
            source.table { table { path = "%1$s/users.csv", contract = people.v1, max-reject-share = 0.1 }, columns = [visits, spent], log = [visits] }
            output = many
            k = [2, 3]
            events = ${recommend.content.ratings}
            lift { items = 3, min-users = 2 }
            lists { k = [5], shrinkage = 5, final-fit = train }
          }
          baskets {
            baskets { path = "%1$s/events.csv", columns { basket = user } }
            output = many
            rules { min-support = 0.2, longest = 1 }
          }
          top-k { model = blend, k = 5, known = ${recommend.content.ratings} }
        }
        """
            .replace("%1$s", folder.toString()));
  }

  private Path root() {
    return folder.resolve("root");
  }

  private CommandResult run(String... more) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "run", useCase().toString(), "--root", root().toString(), "--date", "2026-01-31"));
    line.addAll(Arrays.asList(more));
    CommandResult result = Cli.run(line.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  private List<String[]> table(String name, String... columns) {
    return PublishedRows.of(root().resolve(name + "/ds=2026-01-31"), columns).stream()
        .map(row -> row.split(" ", -1))
        .toList();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  @Test
  void allLearnThePlantedTasteAndPublishIt() throws IOException {
    write();
    CommandResult result = run();
    assertThat(RunSchema.problems(result.runFolder(root()).resolve("run.json"))).isEmpty();
    List<JobReport> jobs = result.report(root()).jobs();
    for (JobReport job : jobs) {
      for (OutputReport output : job.outputs()) {
        assertThat(output.in()).as(output.table()).isEqualTo(output.scored() + output.rejected());
      }
    }
    for (JobReport trained : jobs.subList(0, 2)) {
      MetricReport ndcg =
          trained.metrics().stream()
              .filter(m -> m.name().equals("ndcg@5"))
              .findFirst()
              .orElseThrow();
      assertThat(ndcg.value()).isGreaterThan(1.3 * ndcg.baselines().get("popularity"));
    }
    weightsSumToOne(jobs.get(1));
    listsAreOfTheUsersTaste();
    segmentsAreThoseOfTheTaste(jobs.get(2));
    MetricReport ofSegments =
        jobs.get(2).metrics().stream()
            .filter(m -> m.name().equals("ndcg@5"))
            .findFirst()
            .orElseThrow();
    assertThat(ofSegments.value()).isGreaterThan(1.3 * ofSegments.baselines().get("popularity"));
    rulesStayWithinTheTaste();

    // The same lists from another model, and segments of what was published.
    run("--step", "recommend.top-k", "--set", "recommend.top-k.model=content");
    assertThat(listsAreOfTheUsersTaste()).contains("i30"); // New: only its features tell.
    run("--step", "recommend.top-k", "--set", "recommend.top-k.model=segments");
    listsAreOfTheUsersTaste();
    CommandResult again =
        run(
            "--step",
            "recommend.segments",
            "--set",
            "recommend.segments.source={kind=published,table=null,published{name=many-segments,contract=segments.v1,columns=[segment],log=[]}}",
            "--set",
            "recommend.segments.output=again");
    assertThat(table("tables/again-segments", "user", "segment"))
        .hasSameSizeAs(table("tables/many-segments", "user", "segment"));
    assertThat(again.report(root()).jobs().get(0).outputs()).hasSize(3);
  }

  private static void weightsSumToOne(JobReport blend) {
    FactTable beside = blend.tables().get(0);
    double sum =
        beside.rows().stream()
            .filter(r -> !r.get(0).equals("blend"))
            .mapToDouble(r -> Double.parseDouble(r.get(1)))
            .sum();
    assertThat(beside.rows().stream().map(r -> r.get(0)))
        .containsExactly("als", "content", "popularity", "blend");
    assertThat(sum).isEqualTo(1.0);
  }

  private Set<String> listsAreOfTheUsersTaste() throws IOException {
    List<String> known = Files.readAllLines(folder.resolve("events.csv"));
    List<String[]> lists = table("scores/many", "user", "item", "reason");
    Set<String> items = new HashSet<>();
    int ofTaste = 0;
    for (String[] row : lists) {
      assertThat(known).doesNotContain(row[0] + "," + row[1]);
      ofTaste += number(row[0]) % 2 == number(row[1]) % 2 ? 1 : 0;
      items.add(row[1]);
    }
    assertThat(lists).hasSize(USERS * 5);
    assertThat((double) ofTaste / lists.size()).isGreaterThan(0.9);
    return items;
  }

  private void segmentsAreThoseOfTheTaste(JobReport job) {
    Map<String, Set<Integer>> segments = new HashMap<>();
    for (String[] row : table("tables/many-segments", "user", "segment")) {
      segments.computeIfAbsent(row[1], s -> new HashSet<>()).add(number(row[0]) % 2);
    }
    // Two segments, or three of which two are of one taste.
    assertThat(segments.values()).allSatisfy(tastes -> assertThat(tastes).hasSize(1));
    OutputReport published = job.outputs().get(0);
    assertThat(published.in()).isEqualTo(USERS + 1L);
    assertThat(published.rejected()).isEqualTo(1); // nobody, who has no visits
    assertThat(table("tables/many-profiles", "segment", "column")).hasSize(2 * segments.size());
    for (String[] row : table("tables/many-items", "segment", "item", "lift")) {
      assertThat(segments.get(row[0])).containsExactly(number(row[1]) % 2);
      assertThat(Double.parseDouble(row[2])).isGreaterThan(1.5);
    }
  }

  private void rulesStayWithinTheTaste() {
    List<String[]> rules = table("tables/many-rules", "consequent", "lift", "confidence");
    assertThat(rules).isNotEmpty();
    for (String[] rule : rules) {
      assertThat(Double.parseDouble(rule[1])).isGreaterThanOrEqualTo(1);
    }
    assertThat(table("tables/many-sets", "baskets")).isNotEmpty();
  }
}

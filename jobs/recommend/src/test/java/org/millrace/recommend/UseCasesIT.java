package org.millrace.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.UseCaseFiles;

/**
 * The use cases that users copy. Their data may not lie in the repository: they get planted data of
 * the same columns and formats. A blend, whose members are tested each, is only bound here.
 */
class UseCasesIT {
  private static final int USERS = 40;
  private static final int FILMS = 60;

  @TempDir Path folder;

  private List<JobReport> run(String useCase, String... settings) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("run", UseCaseFiles.of(useCase).toString()));
    line.addAll(List.of("--root", folder.resolve("root").toString(), "--date", "2026-01-31"));
    line.addAll(List.of("--set", "spark.sql.shuffle.partitions=2"));
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    CommandResult result = Cli.run(line.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<JobReport> jobs = result.report(folder.resolve("root")).jobs();
    for (JobReport job : jobs) {
      for (OutputReport output : job.outputs()) {
        assertThat(output.in()).as(output.table()).isEqualTo(output.scored() + output.rejected());
      }
    }
    return jobs;
  }

  /**
   * Even users rate even films, which are comedies of the fifties; odd ones odd films, westerns.
   */
  private String films() throws IOException {
    Random random = new Random(11);
    List<String> ratings = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
    for (int user = 0; user < USERS; user++) {
      for (int film = user % 2; film < FILMS; film += 2) {
        if (random.nextDouble() < 0.6) {
          double stars = 3 + random.nextInt(5) / 2.0;
          ratings.add("%d,%d,%s,%d".formatted(user, film, stars, 835355664 + user * FILMS + film));
        }
      }
    }
    Files.write(folder.resolve("ratings.csv"), ratings);
    List<String> films = new ArrayList<>(List.of("\"movieId\",\"title\",\"year\",\"genres\""));
    for (int film = 0; film < FILMS; film++) {
      films.add(
          "%d,\"%s, The\",%d,\"%s\""
              .formatted(
                  film,
                  film % 2 == 0 ? "Laughter " + film : "Showdown " + film,
                  film % 2 == 0 ? 1950 + film % 10 : 1990 + film % 10,
                  film % 2 == 0 ? "Comedy|Romance" : "Action|Western"));
    }
    Files.write(folder.resolve("films.csv"), films);
    return folder.toString();
  }

  private static MetricReport metric(JobReport job, String name) {
    return job.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /** Share of the published films that are of their user's taste. */
  private double ofTaste(String useCase) {
    List<String> lists =
        PublishedRows.of(
            folder.resolve("root/scores/" + useCase + "/ds=2026-01-31"), "user", "item");
    assertThat(lists).hasSizeGreaterThan(USERS * 5);
    return lists.stream()
        .map(row -> Arrays.stream(row.split(" ", -1)).mapToInt(Integer::parseInt).toArray())
        .mapToInt(pair -> pair[0] % 2 == pair[1] % 2 ? 1 : 0)
        .average()
        .orElseThrow();
  }

  @Test
  void filmsAreRecommendedByWhatTheyAre() throws IOException {
    String data = films();
    List<JobReport> jobs =
        run(
            "film-content",
            "recommend.content.ratings.path=\"" + data + "/ratings.csv\"",
            "recommend.content.items.path=\"" + data + "/films.csv\"",
            "recommend.content.k=[10]");

    MetricReport ndcg = metric(jobs.get(0), "ndcg@10");
    assertThat(ndcg.value()).isGreaterThan(1.2 * ndcg.baselines().get("popularity"));
    assertThat(ofTaste("film-content")).isGreaterThan(0.9);
  }

  /**
   * Half of the baskets hold bread, butter and one of many things; the others tea, milk and
   * another.
   */
  @Test
  void whatIsBoughtTogetherIsFound() throws IOException {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>(List.of("basket,item"));
    for (int basket = 1; basket <= 200; basket++) {
      String[] staples =
          basket % 2 == 0
              ? new String[] {"bread", "butter", "jam"}
              : new String[] {"tea", "milk", "sugar"};
      for (String item : staples) {
        if (random.nextDouble() < 0.9) {
          rows.add(basket + "," + item);
        }
      }
      rows.add(basket + ",thing " + random.nextInt(8));
    }
    Path file = Files.write(folder.resolve("baskets.csv"), rows);
    run(
        "baskets",
        "recommend.baskets.baskets.path=\"" + file + "\"",
        "recommend.neighbours.ratings.path=\"" + file + "\"");

    List<String> rules =
        PublishedRows.of(
            folder.resolve("root/tables/supermarket-rules/ds=2026-01-31"), "consequent", "lift");
    assertThat(rules.stream().map(rule -> rule.split(" ", -1)[0]))
        .contains("bread", "butter", "jam", "tea", "milk", "sugar");
    assertThat(rules)
        .allSatisfy(
            rule -> assertThat(Double.parseDouble(rule.split(" ", -1)[1])).isGreaterThan(1.2));
    assertThat(
            PublishedRows.of(
                folder.resolve("root/scores/baskets/ds=2026-01-31"), "user", "item", "rank"))
        .hasSize(200 * 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baskets",
        "film-blend",
        "film-content",
        "film-neighbours",
        "film-ratings",
        "movies"
      })
  void everyKeyIsBoundAndEveryContractHasItsColumns(String name) {
    UseCaseFiles.assertBound(name);
  }
}

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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

/** Ratings in, recommendations out, by the command line, on tables with a planted taste. */
class RecommendIT {
  private static final int USERS = 60;
  private static final int ITEMS = 40;

  @TempDir Path folder;

  /** Users of two tastes: even ones love even items, odd ones odd items. */
  private Path ratings(String prefix) throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("who,what,stars,at"));
    for (int u = 0; u < USERS; u++) {
      for (int i = 0; i < ITEMS; i++) {
        if (random.nextDouble() < 0.5) {
          double stars =
              u % 2 == i % 2 ? 4.5 + random.nextInt(2) * 0.5 : 1 + random.nextInt(2) * 0.5;
          lines.add(
              "%s%d,%s%d,%s,%d"
                  .formatted(prefix, u, prefix, i, stars, 1_700_000_000 + u * 100 + i));
        }
      }
    }
    return Files.write(folder.resolve("ratings.csv"), lines);
  }

  private Path useCase(String more) throws IOException {
    return Files.writeString(
        folder.resolve("taste.conf"),
        """
        use-case = taste
        steps = [recommend.train-als, recommend.top-k]
        recommend {
          train-als {
            ratings {
              path = "%s"
              contract = film-ratings.v1
              columns { user = who, item = what, rating = stars, timestamp = at }
              formats { timestamp = epoch-seconds }
            }
            grid.rank = [4]
            iterations = 4
            blocks = 2
            k = [5, 10]
            relevant-from = 4
            feedback.explicit.biases = off
            final-fit = train
          }
          top-k { k = 5, known = ${recommend.train-als.ratings} }
        }
        %s
        """
            .formatted(folder.resolve("ratings.csv"), more));
  }

  private CommandResult run(Path useCase, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "run", useCase.toString(), "--root", root().toString(), "--date", "2026-01-31"));
    line.addAll(Arrays.asList(more));
    return Cli.run(line.toArray(String[]::new));
  }

  private Path root() {
    return folder.resolve("root");
  }

  private Path scores() {
    return root().resolve("scores/taste/ds=2026-01-31");
  }

  private List<String[]> published() {
    return PublishedRows.of(scores(), "user", "rank", "item", "reason").stream()
        .map(row -> row.split(" ", -1))
        .toList();
  }

  @Test
  void recommendsTheUsersTasteAndNothingTheyKnow() throws IOException {
    ratings("9007199254740993"); // Beyond int, and beyond what a double holds exactly.
    CommandResult result =
        run(useCase("recommend.train-als { feedback.explicit.biases = auto, final-fit = all }"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    Set<String> known = new HashSet<>();
    for (String line : Files.readAllLines(folder.resolve("ratings.csv"))) {
      known.add(line.split(",", -1)[0] + " " + line.split(",", -1)[1]);
    }
    int ofTaste = 0;
    for (String[] row : published()) {
      assertThat(known).doesNotContain(row[0] + " " + row[2]);
      assertThat(row[3]).isEqualTo("model");
      ofTaste += parity(row[0]) == parity(row[2]) ? 1 : 0;
    }
    assertThat(published()).hasSizeGreaterThanOrEqualTo(USERS * 4);
    assertThat((double) ofTaste / published().size()).isGreaterThan(0.95);
    RunReport report = result.report(root());
    assertThat(RunSchema.problems(result.runFolder(root()).resolve("run.json"))).isEmpty();
    JobReport training = report.jobs().get(0);
    assertThat(metric(training, "rmse")).isLessThan(baseline(training, "rmse", "item mean"));
    assertThat(metric(training, "ndcg@5"))
        .isGreaterThan(baseline(training, "ndcg@5", "popularity"));
    assertThat(report.jobs().get(1).outputs().get(0))
        .satisfies(
            o -> {
              assertThat(o.unit()).isEqualTo("user");
              assertThat(o.in()).isEqualTo(USERS);
              assertThat(o.scored()).isEqualTo(USERS);
              assertThat(o.rows()).isEqualTo(published().size());
            });
  }

  private static int parity(String id) {
    return Integer.parseInt(id.substring("9007199254740993".length())) % 2;
  }

  @Test
  void neighboursRecommendTheUsersTasteByTheSameLists() throws IOException {
    ratings("u");
    Path useCase =
        useCase(
            """
            steps = [recommend.neighbours, recommend.top-k]
            recommend {
              neighbours {
                ratings = ${recommend.train-als.ratings}
                values = centered
                final-fit = train
                k = [5]
                relevant-from = 4
              }
              top-k.model = neighbours
            }
            """);
    for (String between : List.of("items", "users")) {
      CommandResult result = run(useCase, "--set", "recommend.neighbours.between=" + between);

      assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
      long ofTaste =
          published().stream()
              .filter(row -> row[3].equals("model"))
              .filter(row -> number(row[0]) % 2 == number(row[2]) % 2)
              .count();
      assertThat(published()).hasSizeGreaterThanOrEqualTo(USERS * 4);
      assertThat((double) ofTaste / published().size()).isGreaterThan(0.9);
      JobReport training = result.report(root()).jobs().get(0);
      assertThat(metric(training, "ndcg@5"))
          .isGreaterThan(1.5 * baseline(training, "ndcg@5", "popularity"));
    }
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  @Test
  void strangersGetPopularItemsAndUsersWithNothingLeftAreRejected() throws IOException {
    ratings("u");
    assertThat(run(useCase(""), "--step", "recommend.train-als").exitCode()).isZero();
    Path users = Files.writeString(folder.resolve("users.csv"), "user\nu1\nstranger\nfull\n");
    Path items = Files.writeString(folder.resolve("items.csv"), "item\nu2\nu3\nu5\n");
    Files.write(
        folder.resolve("ratings.csv"),
        List.of("full,u2,5,1700000000", "full,u3,5,1700000000", "full,u5,5,1700000000"),
        java.nio.file.StandardOpenOption.APPEND);
    CommandResult result =
        run(
            useCase(""),
            "--step",
            "recommend.top-k",
            "--set",
            "recommend.top-k.users.path=\"%s\"".formatted(users),
            "--set",
            "recommend.top-k.items.path=\"%s\"".formatted(items));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    Map<String, Set<String>> byUser = new HashMap<>();
    for (String[] row : published()) {
      byUser.computeIfAbsent(row[0] + " " + row[3], k -> new HashSet<>()).add(row[2]);
      assertThat(row[2]).isIn("u2", "u3", "u5");
    }
    assertThat(byUser.get("stranger popular")).containsExactlyInAnyOrder("u2", "u3", "u5");
    assertThat(byUser.keySet()).noneMatch(k -> k.startsWith("full"));
    assertThat(
            PublishedRows.of(
                root().resolve("rejects/taste/recommend.top-k/ds=2026-01-31"), "input", "row"))
        .containsExactly("users {\"user\":\"full\"}");
    var output = result.report(root()).jobs().get(0).outputs().get(0);
    assertThat(output.in()).isEqualTo(3);
    assertThat(output.scored() + output.rejected()).isEqualTo(3);
    assertThat(output.rejected()).isEqualTo(1);
  }

  @Test
  void aGridIsJudgedAndImplicitFeedbackBeatsPopularity() throws IOException {
    ratings("u");
    // Only what was liked: an event.
    List<String> liked =
        Files.readAllLines(folder.resolve("ratings.csv")).stream()
            .filter(l -> l.startsWith("who") || Double.parseDouble(l.split(",", -1)[2]) > 3)
            .collect(Collectors.toList());
    Files.write(folder.resolve("ratings.csv"), liked);
    CommandResult result =
        run(
            useCase(
                """
                recommend.train-als {
                  ratings.contract = interactions.v1
                  relevant-from = null
                  feedback = null
                  feedback { kind = implicit, implicit { alpha = [1, 5], half-life = 30 days } }
                  holdout { kind = last-n, last-n { rows = 2 } }
                }
                """));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    JobReport training = result.report(root()).jobs().get(0);
    assertThat(training.tables().get(0).rows()).hasSize(2);
    assertThat(metric(training, "ndcg@10"))
        .isGreaterThan(1.2 * baseline(training, "ndcg@10", "popularity"));
  }

  /** One root for three tales, since training takes most of the time. */
  @Test
  void runsRepeatBitForBitAndRefusedOrChangedModelsDoNotServe() throws IOException {
    ratings("u");
    assertThat(run(useCase("")).exitCode()).isZero();
    List<String> first = PublishedRows.of(scores(), "user", "rank", "item", "score");
    assertThat(run(useCase("")).exitCode()).isZero();
    assertThat(PublishedRows.of(scores(), "user", "rank", "item", "score")).isEqualTo(first);

    String current = Files.readString(root().resolve("models/taste/_current.als.json"));
    CommandResult refused =
        run(useCase("recommend.train-als.gate { metric = rmse, at-least = 0.0001 }"));
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.report(root()).message())
        .contains("rmse is", "the gate asks for at most 1.0E-4");
    assertThat(refused.report(root()).status()).isEqualTo("refused");
    assertThat(Files.readString(root().resolve("models/taste/_current.als.json")))
        .isEqualTo(current);
    assertThat(refused.report(root()).jobs()).hasSize(1);

    Path file = changeCurrentItems();
    CommandResult changed = run(useCase(""), "--step", "recommend.top-k");
    assertThat(changed.exitCode()).isEqualTo(1);
    assertThat(changed.report(root()).message()).contains(file.getFileName().toString(), "SHA-256");
    assertThat(PublishedRows.of(scores(), "user", "rank", "item", "score")).isEqualTo(first);
  }

  /** Turns a bit of the items' factors in each version, the current one among them. */
  private Path changeCurrentItems() throws IOException {
    List<Path> items;
    try (var files = Files.walk(root().resolve("models/taste"))) {
      items =
          files
              .filter(f -> f.toString().contains("/items/") && f.toString().endsWith(".parquet"))
              .toList();
    }
    String current = Files.readString(root().resolve("models/taste/_current.als.json"));
    for (Path file : items) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    return items.stream()
        .filter(f -> current.contains(f.getParent().getParent().getFileName().toString()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tooManyBadRowsStopBeforeTrainingAndAreTold() throws IOException {
    Path file = ratings("u");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    for (int i = 1; i < lines.size(); i += 33) {
      String[] fields = lines.get(i).split(",", -1);
      lines.set(
          i, "%s,%s,%s,%s".formatted(fields[0], fields[1], i % 2 == 0 ? "n/a" : "7", fields[3]));
    }
    Files.write(file, lines);
    CommandResult refused = run(useCase(""));
    CommandResult allowed = run(useCase("recommend.train-als.ratings.max-reject-share = 0.05"));

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.report(root()).message())
        .contains("break contract film-ratings.v1", "max-reject-share 0.01");
    assertThat(allowed.exitCode()).as(allowed.out()).isZero();
    JobReport training = allowed.report(root()).jobs().get(0);
    assertThat(training.inputs().get(0).rejected()).isEqualTo((lines.size() - 2) / 33 + 1);
    assertThat(training.inputs().get(0).read()).isEqualTo(lines.size() - 1L);
    assertThat(
            PublishedRows.of(
                root().resolve("rejects/taste/recommend.train-als/ds=2026-01-31"), "row"))
        .hasSize((lines.size() - 2) / 33 + 1);
  }

  private static double metric(JobReport job, String name) {
    return job.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static double baseline(JobReport job, String name, String baseline) {
    return job.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow()
        .baselines()
        .get(baseline);
  }
}

package org.millrace.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

/** People in a circle in, vectors and answers out, by the command line. */
class GraphIT {
  private static final String DATE = "2026-01-31";
  private static final int PEOPLE = 24;

  @TempDir Path folder;

  private Path root() {
    return folder.resolve("root");
  }

  private static String person(int number) {
    return "p%02d".formatted(number % PEOPLE);
  }

  /** The second next of every fourth person is held out; the next ones tell who it is. */
  private void triples() throws IOException {
    List<String> train = new ArrayList<>(List.of("head,relation,tail"));
    List<String> test = new ArrayList<>(train);
    for (int i = 0; i < PEOPLE; i++) {
      train.add(person(i) + ",next," + person(i + 1));
      train.add(person(i) + ",across," + person(i + PEOPLE / 2));
      (i % 4 == 0 ? test : train).add(person(i) + ",second," + person(i + 2));
    }
    train.add(train.get(1)); // Twice is once.
    Files.write(folder.resolve("train.csv"), train);
    Files.write(folder.resolve("valid.csv"), test.subList(0, 3));
    List<String> measured = new ArrayList<>(test.subList(3, test.size()));
    measured.add(0, test.get(0));
    measured.add("p00,next,stranger");
    measured.add("p00,hates,p01");
    Files.write(folder.resolve("test.csv"), measured);
  }

  private CommandResult run() throws IOException {
    Path useCase =
        Files.writeString(
            folder.resolve("circle.conf"),
            """
            use-case = circle
            steps = [text.graph-train, text.graph-answer]
            text.graph-train {
              triples.path = "%1$s/train.csv"
              holdout {
                kind = tables
                tables { validation.path = "%1$s/valid.csv", test.path = "%1$s/test.csv" }
              }
              grid { dimension = [4, 16], regularization = [0.003] }
              training { epochs = 150, batch = 16, check-every = 10, patience = 15 }
              gate { metric = mrr, at-least = 0.7 }
            }
            text.graph-answer {
              triples.path = "%1$s/train.csv"
              questions.path = "%1$s/questions.csv"
              questions.max-reject-share = 0.5
              output = circle-answers
              limit = 3
              predict.at-most = 2
            }
            """
                .formatted(folder));
    return Cli.run("run", useCase.toString(), "--root", root().toString(), "--date", DATE);
  }

  private List<String> rejected(String job) {
    Path rejects = root().resolve("rejects/circle/" + job + "/ds=" + DATE);
    return PublishedRows.of(rejects, "row", "rules", "reasons").stream()
        .map(r -> r.replaceAll("\\s+", " "))
        .toList();
  }

  @Test
  void factsAnswerWithAndWithoutPathsAndTheModelWhatIsNotTold() throws IOException {
    triples();
    Files.write(
        folder.resolve("questions.csv"),
        List.of(
            "question,entity,path",
            "one,p03,next",
            "back,p03,^next",
            "two,p03,next / next/^across",
            "held-out,p04,second",
            "around,p03,",
            "relation,,across",
            "strange,nobody,next",
            "hates,p03,next/hates",
            "hole,p03,next//next",
            "empty,,",
            "dead-end,p04,second/next"));
    CommandResult done = run();
    assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
    assertThat(RunSchema.problems(done.runFolder(root()).resolve("run.json"))).isEmpty();
    Path table = root().resolve("tables/circle-answers/ds=" + DATE);
    List<String> facts =
        PublishedRows.of(table, "question", "rank", "subject", "path", "answer", "source");
    assertThat(facts)
        .contains(
            "one 1 p03 next p04 fact",
            "back 1 p03 ^next p02 fact",
            "two 1 p03 next / next/^across p17 fact",
            "held-out 1 p04 second p06 model",
            "relation 1 p12 across p00 fact")
        .filteredOn(r -> r.startsWith("around "))
        .hasSize(3)
        .allMatch(r -> r.contains(" p03 ") && r.endsWith(" fact"));
    assertThat(facts).filteredOn(r -> r.startsWith("one ")).hasSize(3);
    assertThat(facts).noneMatch(r -> r.startsWith("one ") && r.endsWith(" p04 model"));

    assertThat(rejected("text.graph-answer")).hasSize(5);
    assertThat(String.join("\n", rejected("text.graph-answer")))
        .contains("question.unknown-entity", "question.unknown-relation", "question.path")
        .contains("question.empty", "question.no-answer")
        .contains("entity 'nobody' is not in the triples; must be about an entity")
        .contains("relation 2 of the path, 'hates', is not in the triples; must be along")
        .contains("relation 2 of path 'next//next' is empty; must be with a path")
        .contains("there is neither an entity nor a path; must be about")
        .contains("nothing is reached from entity 'p04' along path 'second/next'; must be one");
    assertThat(rejected("text.graph-train"))
        .hasSize(2)
        .allMatch(r -> r.contains("triple.unknown-name"));

    List<JobReport> jobs = done.report(root()).jobs();
    MetricReport mrr =
        jobs.get(0).metrics().stream()
            .filter(m -> m.name().equals("mrr"))
            .findFirst()
            .orElseThrow();
    assertThat(mrr.value()).isGreaterThan(mrr.baselines().get("frequency") + 0.3);
    assertThat(jobs.get(0).charts()).hasSize(2);
    OutputReport output = jobs.get(1).outputs().get(0);
    assertThat(output.in()).isEqualTo(11).isEqualTo(output.scored() + output.rejected());
    assertThat(output.scored()).isEqualTo(6);
    InputReport questions = jobs.get(1).inputs().get(1);
    assertThat(questions.rejected()).isEqualTo(5);
    assertThat(questions.rejectsByRule())
        .extracting(RuleReport::rule)
        .containsExactlyInAnyOrder(
            "question.empty",
            "question.path",
            "question.unknown-entity",
            "question.unknown-relation",
            "question.no-answer");
    assertThat(jobs.get(1).charts()).allMatch(chart -> chart.xLabel().equals("outcome"));

    factsAloneNeedNoModel();
    tooManyQuestionsWithoutAnAnswerAreRefused("0.4", "6 of 11 rows");
    tooManyQuestionsWithoutAnAnswerAreRefused("0.3", "4 of 11 rows");
  }

  private CommandResult facts(String output, String share) throws IOException {
    Path useCase =
        Files.writeString(
            folder.resolve("facts.conf"),
            """
            use-case = facts
            steps = [text.graph-answer]
            text.graph-answer {
              triples.path = "%1$s/train.csv"
              questions { path = "%1$s/questions.csv", max-reject-share = %3$s }
              output = %2$s
            }
            """
                .formatted(folder, output, share));
    return Cli.run("run", useCase.toString(), "--root", root().toString(), "--date", DATE);
  }

  /** The second share is passed before a question is asked, the first one by those in vain. */
  private void tooManyQuestionsWithoutAnAnswerAreRefused(String share, String refused)
      throws IOException {
    CommandResult facts = facts("refused", share);
    assertThat(facts.exitCode()).isEqualTo(3);
    assertThat(facts.report(root()).message()).contains(refused, "max-reject-share " + share);
    assertThat(root().resolve("tables/refused/ds=" + DATE)).doesNotExist();
  }

  private void factsAloneNeedNoModel() throws IOException {
    CommandResult facts = facts("facts", "0.9");
    assertThat(facts.exitCode()).as(facts.out() + facts.err()).isZero();
    assertThat(
            PublishedRows.of(
                root().resolve("tables/facts/ds=" + DATE), "question", "answer", "source"))
        .contains("one p04 fact")
        .noneMatch(row -> row.endsWith(" model"));
  }
}

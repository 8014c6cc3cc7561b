package org.millrace.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.RuleReport;

class RunSummaryTest {
  private static final String ESCAPE = "\u001b";

  @Test
  void aFinishedRunInAlignedLines() {
    assertThat(RunSummary.of(SampleRuns.recommendation(), false, US_ASCII))
        .isEqualTo(
            """
            movie-recommendations 2024-05-01: done in 2 min 13 s

            recommend.train  done, 1 min 50 s
              read      ratings                  100,004  37 rejected (0.04%)
              rejected  rating.maximum                21  of ratings
              rejected  user.required                  9  of ratings
              rejected  unique(user, item)             7  of ratings
              measured  RMSE                      0.8931  popularity 0.9425    5.24% better
              measured  MAE                       0.6874  popularity 0.7301    5.85% better
              measured  NDCG@10                   0.2315  popularity 0.1874    23.5% better
              measured  Recall@10                 0.1498  popularity 0.1201    24.7% better
              measured  Coverage of items         0.4127  popularity 0.001100  >1,000% better
              measured  Users evaluated              671
              measured  Novelty                      n/a  popularity 3.100     cannot be compared
              model     20240501-041000-3f2c1ab           published, current, signed by ed25519:4f1c09
              warnings                                 1  see the report

            recommend.score  done, 23 s
              read      ratings                  100,004  37 rejected (0.04%)
              scored    recommendations              668  of 671 users, 3 rejected
              model     20240501-041000-3f2c1ab           loaded, current, signed by ed25519:4f1c09

            Report: /srv/millrace/runs/20240501-041000-movies/report.html
            """);
  }

  @Test
  void utf8TerminalsGetMarksAndTheSameWords() {
    String summary = RunSummary.of(SampleRuns.recommendation(), false, UTF_8);

    assertThat(summary).contains("\u25b2 5.24% better");
    assertThat(summary.lines()).allMatch(line -> line.length() <= RunSummary.WIDTH);
  }

  @Test
  void coloursOnlyWhenAskedAndThenNothingElseChanges() {
    String plain = RunSummary.of(SampleRuns.recommendation(), false, UTF_8);
    String coloured = RunSummary.of(SampleRuns.recommendation(), true, UTF_8);

    assertThat(plain).doesNotContain(ESCAPE);
    assertThat(coloured).contains(ESCAPE);
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void endsOtherThanDoneSayWhyInWrappedLines() {
    String why =
        "12.4% of the rows of ratings break ratings.v1, more than max-reject-share allows. ";

    assertThat(RunSummary.of(SampleRuns.ended("refused", 3, why + why), false, US_ASCII).lines())
        .startsWith(
            "movie-recommendations 2024-05-01: refused after 2 min 13 s (exit code 3)",
            "12.4% of the rows of ratings break ratings.v1, more than max-reject-share allows. 12.4% of the rows",
            "of ratings break ratings.v1, more than max-reject-share allows.",
            "");
    assertThat(RunSummary.of(SampleRuns.ended("failed", 1, ""), false, US_ASCII).lines())
        .startsWith(
            "movie-recommendations 2024-05-01: failed after 2 min 13 s (exit code 1)",
            "The run ended after 2 min 13 s without a sentence; its log has the cause.");
    assertThat(RunSummary.of(SampleRuns.running(), false, US_ASCII))
        .isEqualTo(
            """
            movie-recommendations 2024-05-01: running
            The run has not ended yet; these are its jobs so far.

            Report: /srv/millrace/runs/20240501-041000-movies/report.html
            """);
  }

  @Test
  void longAndHostileTextsKeepTheWidthAndTheTerminal() {
    String word = "r\u00e8gle\u001b[2J".repeat(40);
    RunReport report =
        SampleRuns.ended(
            "done",
            0,
            "",
            SampleRuns.job(
                word,
                "done",
                List.of(SampleRuns.ratings(List.of(new RuleReport(word, 37, List.of())))),
                List.of(
                    new MetricReport(word, 123_456_789.5, true, Map.of(word, 1e-9)),
                    new MetricReport("n", Double.NaN, true, Map.of(word, 2.0))),
                List.of(),
                List.of(),
                List.of(word)));

    for (boolean ansi : new boolean[] {true, false}) {
      String summary = RunSummary.of(report, ansi, ISO_8859_1);
      assertThat(summary).doesNotContain("\u001b[2J");
      assertThat(summary.chars()).allMatch(code -> code < 128);
      assertThat(summary.replaceAll("\u001b\\[[0-9;]*m", "").lines())
          .allMatch(line -> line.length() <= RunSummary.WIDTH)
          .anyMatch(line -> line.contains("measured  n  ") && line.contains("n/a"));
    }
  }

  @Test
  void rulesBeyondThreeAreCounted() {
    List<RuleReport> rules =
        List.of(
            new RuleReport("a", 1, List.of()),
            new RuleReport("b", 5, List.of()),
            new RuleReport("c", 3, List.of()),
            new RuleReport("d", 2, List.of()));
    RunReport report =
        SampleRuns.ended(
            "done",
            0,
            "",
            SampleRuns.job(
                "j",
                "done",
                List.of(SampleRuns.ratings(rules)),
                List.of(),
                List.of(),
                List.of(),
                List.of()));

    assertThat(RunSummary.of(report, false, US_ASCII).lines().filter(line -> line.startsWith("  ")))
        .containsExactly(
            "  read      ratings          100,004  37 rejected (0.04%)",
            "  rejected  b                      5  of ratings",
            "  rejected  c                      3  of ratings",
            "  rejected  d                      2  of ratings",
            "            and 1 more rule");
  }
}

package org.millrace.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.RuleReport;

/** Writes the pages of sample runs into the directory given, for a person to look at. */
final class SamplePages {
  private static final String CONFIGURATION =
      "use-case = movie-recommendations\nsteps = [recommend.train, recommend.score]\n";

  private SamplePages() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    write(directory, "recommendation", SampleRuns.recommendation());
    write(directory, "crowded", crowded());
    write(directory, "running", SampleRuns.running());
    write(
        directory,
        "refused",
        SampleRuns.ended(
            "refused",
            3,
            "12.40% of the rows of ratings break ratings.v1, more than the 1% that max-reject-share"
                + " allows; see rejects/movie-recommendations, then mend the table or raise the share.",
            SampleRuns.job(
                "recommend.train",
                "refused",
                List.of(
                    SampleRuns.ratings(List.of(new RuleReport("user.required", 37, List.of())))),
                List.of(),
                List.of(),
                List.of(),
                List.of())));
  }

  /** Fifty rules, thirty charts, a wide table, long words. */
  static RunReport crowded() {
    String word = "antidisestablishmentarianism".repeat(12);
    return SampleRuns.ended(
        "done",
        0,
        "",
        SampleRuns.job(
            "recommend.train",
            "done",
            List.of(
                SampleRuns.ratings(
                    IntStream.range(0, 50)
                        .mapToObj(i -> new RuleReport("column" + i + ".maximum", i, List.of(word)))
                        .toList())),
            List.of(),
            IntStream.range(0, 30)
                .mapToObj(
                    i ->
                        Chart.bars(
                            "Chart " + i,
                            "x",
                            "y",
                            List.of(word, "b"),
                            List.of(new Chart.Series(word, List.of(), List.of(1.0, i + 1.0)))))
                .toList(),
            List.of(
                new FactTable(
                    word,
                    IntStream.range(0, 30).mapToObj(i -> "column " + i).toList(),
                    List.of(Collections.nCopies(30, "12,345.6")))),
            List.of(word)));
  }

  private static void write(Path directory, String name, RunReport report) throws IOException {
    Files.write(directory.resolve(name + ".html"), ReportPage.write(report, CONFIGURATION));
    Files.write(directory.resolve(name + ".json"), RunJson.write(report));
  }
}

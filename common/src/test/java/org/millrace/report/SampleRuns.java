package org.millrace.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.Gallery;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.ModelReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.Picture;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.report.RunReport.StepReport;

/** Runs whose reports the tests know. */
final class SampleRuns {
  private static final Instant START = Instant.parse("2024-05-01T04:10:00Z");
  private static final String SHA =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final String ROOT = "/srv/millrace";

  private SampleRuns() {}

  /** Trains and scores movie recommendations; 37 of 100,004 ratings break their contract. */
  static RunReport recommendation() {
    return with("done", Optional.of(0), "", List.of(training(), scoring(671, 668, 3)));
  }

  static RunReport ended(String status, int exitCode, String message, JobReport... jobs) {
    return with(status, Optional.of(exitCode), message, List.of(jobs));
  }

  /** A run that has not ended: no exit code, no end. */
  static RunReport running() {
    return with("running", Optional.empty(), "", List.of());
  }

  static JobReport job(
      String name,
      String status,
      List<InputReport> inputs,
      List<MetricReport> metrics,
      List<Chart> charts,
      List<FactTable> tables,
      List<String> warnings) {
    return new JobReport(
        name, status, START, 12.5, List.of(), inputs, List.of(), List.of(), metrics, charts, tables,
        List.of(), warnings);
  }

  static InputReport ratings(List<RuleReport> rules) {
    return new InputReport(
        "ratings",
        "data/movies/ratings.csv",
        "ratings.v1",
        SHA,
        SHA,
        1,
        2_438_266,
        100_004,
        99_967,
        37,
        rules);
  }

  private static RunReport with(
      String status, Optional<Integer> exitCode, String message, List<JobReport> jobs) {
    return new RunReport(
        RunReport.FORMAT,
        "20240501-041000-movies",
        "movie-recommendations",
        "2024-05-01",
        status,
        exitCode,
        message,
        START,
        exitCode.map(code -> START.plusMillis(133_400)),
        ROOT,
        "0.1.0+3f2c1ab",
        "3.5.7",
        "17.0.12",
        "local-1714536600123",
        "local[2]",
        "worker-7",
        "etl",
        SHA,
        jobs);
  }

  /** A PNG of one black pixel. */
  static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

  private static JobReport training() {
    return new JobReport(
        "recommend.train",
        "done",
        START,
        109.8,
        List.of(
            step("read ratings", 0, 6.1),
            step("split", 6, 2.4),
            step("search the grid", 9, 71.3),
            step("fit", 80, 14.9),
            step("evaluate", 95, 11.7),
            step("publish the model", 107, 0.62)),
        List.of(
            ratings(
                List.of(
                    new RuleReport(
                        "rating.maximum",
                        21,
                        List.of("rating is 7.5, above 5.0", "rating is 11, above 5.0")),
                    new RuleReport("user.required", 9, List.of("user is absent")),
                    new RuleReport(
                        "unique(user, item)", 7, List.of("user 414, item 2959 appears twice"))))),
        List.of(),
        List.of(
            new ModelReport(
                "als",
                "20240501-041000-3f2c1ab",
                ROOT + "/models/movie-recommendations/20240501-041000-3f2c1ab",
                "published",
                true,
                "ed25519:4f1c09",
                "Accepted: RMSE 0.8931 is at least as good as the bound 0.92, and NDCG@10 is above"
                    + " the popularity baseline.",
                SHA)),
        List.of(
            metric("RMSE", 0.8931, false, 0.9425, 0.9107),
            metric("MAE", 0.68741, false, 0.7301, 0.6866),
            metric("NDCG@10", 0.2315, true, 0.1874, 0.2102),
            metric("Recall@10", 0.1498, true, 0.1201, 0.1420),
            new MetricReport("Coverage of items", 0.4127, true, Map.of("popularity", 0.0011)),
            new MetricReport("Users evaluated", 671, true, Map.of()),
            metric("Novelty", Double.NaN, true, 3.1, Double.NaN)),
        charts(),
        List.of(
            new FactTable(
                "Grid trials",
                List.of("rank", "regularization", "iterations", "RMSE", "NDCG@10", "chosen"),
                List.of(
                    List.of("16", "0.05", "10", "0.9214", "0.2101", ""),
                    List.of("16", "0.10", "10", "0.9022", "0.2219", ""),
                    List.of("32", "0.05", "15", "0.9187", "0.2147", ""),
                    List.of("32", "0.10", "15", "0.8931", "0.2315", "yes"),
                    List.of("64", "0.10", "15", "0.8947", "0.2308", "")))),
        List.of(new Gallery("Examples", List.of(new Picture("a pixel", PIXEL)))),
        List.of(
            "The column timestamp of data/movies/ratings.csv is not in ratings.v1; it was ignored."));
  }

  /** Scores users with the model that the training published. */
  static JobReport scoring(long in, long scored, long rejected) {
    return new JobReport(
        "recommend.score",
        "done",
        START.plusSeconds(110),
        22.9,
        List.of(
            step("load the model", 110, 1.2), step("score", 111, 17.8), step("publish", 129, 3.9)),
        List.of(ratings(List.of())),
        List.of(
            new OutputReport(
                "recommendations",
                ROOT + "/scores/movie-recommendations/ds=2024-05-01",
                "recommendations.v1",
                SHA,
                "user",
                in,
                scored,
                rejected,
                10 * scored,
                4,
                512_340)),
        List.of(
            new ModelReport(
                "als",
                "20240501-041000-3f2c1ab",
                ROOT + "/models/movie-recommendations/20240501-041000-3f2c1ab",
                "loaded",
                true,
                "ed25519:4f1c09",
                "",
                SHA)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Chart> charts() {
    List<Double> ks = List.of(1.0, 5.0, 10.0, 20.0, 50.0);
    return List.of(
        Chart.bars(
            "Ratings by value",
            "rating",
            "ratings",
            List.of("0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "4.5", "5.0"),
            List.of(
                series("ratings", 1101, 3326, 1687, 7271, 4449, 20064, 10538, 28750, 7723, 15095))),
        Chart.lines(
            "NDCG by k",
            "k",
            "NDCG",
            List.of(
                new Chart.Series("ALS", ks, List.of(0.3012, 0.2544, 0.2315, 0.2401, 0.2712)),
                new Chart.Series("popularity", ks, List.of(0.2511, 0.2015, 0.1874, 0.1933, 0.2205)),
                new Chart.Series(
                    "item mean", ks, List.of(0.2733, 0.2298, 0.2102, Double.NaN, 0.24)))),
        new Chart(
            "Factor norms",
            Chart.Kind.SCATTER,
            "ratings of the item",
            "norm",
            List.of(),
            List.of(
                new Chart.Series(
                    "items",
                    IntStream.rangeClosed(1, 120).mapToObj(i -> i * i / 42.0).toList(),
                    IntStream.rangeClosed(1, 120)
                        .mapToObj(i -> 1.2 + Math.log(i) / 2 + 0.35 * Math.sin(i * 2.4))
                        .toList()))),
        new Chart(
            "Most recommended items",
            Chart.Kind.HORIZONTAL_BAR,
            "users",
            "item",
            List.of(
                "The Shawshank Redemption (1994)",
                "Godfather, The (1972)",
                "Usual Suspects, The (1995)",
                "Lord of the Rings: The Fellowship of the Ring, The (2001)",
                "Fargo (1996)",
                "Pulp Fiction (1994)"),
            List.of(series("users", 214, 188, 176, 131, 90, 61))));
  }

  private static Chart.Series series(String name, double... values) {
    return new Chart.Series(name, List.of(), Arrays.stream(values).boxed().toList());
  }

  private static StepReport step(String name, long after, double seconds) {
    return new StepReport(name, START.plusSeconds(after), seconds);
  }

  private static MetricReport metric(
      String name, double value, boolean higherIsBetter, double popularity, double itemMean) {
    Map<String, Double> baselines = new LinkedHashMap<>();
    baselines.put("popularity", popularity);
    baselines.put("item mean", itemMean);
    return new MetricReport(name, value, higherIsBetter, baselines);
  }
}

package org.millrace.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.RuleReport;

class ReportPageTest {
  private static final String ATTACK =
      "</script><img src=x onerror=alert(1)>\"'`{{sentence}}{{{chartData}}}&amp;\u2028";
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script([^>]*)>(.*?)</script>");
  private static final Pattern TAG = Pattern.compile("<([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>");

  @Test
  void theEmbeddedDataAreTheChartsOfTheReport() throws IOException {
    RunReport report = SampleRuns.recommendation();
    JsonNode data = chartData(page(report));

    JsonNode expected = new ObjectMapper().readTree(RunJson.write(report)).at("/jobs/0/charts");
    assertThat(data).hasSize(expected.size() + 2);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(data.get(i)).isEqualTo(expected.get(i));
    }
    JsonNode steps = data.get(expected.size());
    assertThat(steps.get("kind").asText()).isEqualTo("horizontal_bar");
    assertThat(steps.at("/categories/2").asText()).isEqualTo("search the grid");
    assertThat(steps.at("/series/0/y/2").asDouble()).isEqualTo(71.3);
  }

  @Test
  void everyChartHasACanvasAndItsNumbersInATable() {
    String html = page(SampleRuns.recommendation());

    for (int i = 0; i < 6; i++) {
      assertThat(html).containsOnlyOnce("<canvas data-chart=\"%d\" role=\"img\"".formatted(i));
    }
    assertThat(html)
        .doesNotContain("data-chart=\"6\"")
        .contains("<td class=\"number\">28,750</td>")
        .contains("Ratings by value. Bar chart: ratings by rating. 10 values from 1,101 to 28,750.")
        .contains("<noscript>");
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String html = page(SampleRuns.recommendation());
    String markup = SCRIPT.matcher(html).replaceAll("");

    assertThat(markup).doesNotContain("http://", "https://", "@import", "url(", "<link", "<iframe");
    assertThat(TAG.matcher(markup).results().map(tag -> tag.group(2)))
        .isNotEmpty()
        .noneMatch(
            attributes ->
                attributes
                    .replaceAll("src=\"data:image/png;base64,[A-Za-z0-9+/=&#;]+\"", "")
                    .matches("(?s).*\\b(src|srcset|data|action|poster)=.*"))
        .noneMatch(attributes -> attributes.matches("(?s).*\\bhref=\"[^#].*"));
    assertThat(html).doesNotContain("sourceMappingURL");
    assertThat(SCRIPT.matcher(html).results().map(script -> script.group(1)))
        .containsExactly(" type=\"application/json\" id=\"chart-data\"", "", "");
  }

  @Test
  void thePolicyAllowsThePagesOwnScriptsAndNoOthers() throws GeneralSecurityException {
    String html = page(SampleRuns.recommendation());
    Matcher policy = Pattern.compile("script-src ([^;]*);").matcher(html);

    assertThat(policy.find()).isTrue();
    List<String> scripts =
        SCRIPT
            .matcher(html)
            .results()
            .filter(it -> it.group(1).isEmpty())
            .map(it -> it.group(2))
            .toList();
    assertThat(policy.group(1).split(" "))
        .containsExactly(sha256(scripts.get(0)), sha256(scripts.get(1)));
    assertThat(html).contains("default-src 'none'");
  }

  @Test
  void valuesFromTheDataStayInert() throws IOException {
    String html = new String(ReportPage.write(attacked(), ATTACK), UTF_8);
    String markup = SCRIPT.matcher(html).replaceAll("");

    assertThat(html).doesNotContain("<img");
    assertThat(SCRIPT.matcher(html).results().count()).isEqualTo(3);
    assertThat(TAG.matcher(markup).results().map(tag -> tag.group(2)))
        .noneMatch(attributes -> attributes.replaceAll("\"[^\"]*\"", "").contains("onerror"));
    assertThat(chartData(html).at("/0/title").asText()).isEqualTo(ATTACK);
    assertThat(chartData(html).at("/0/categories/0").asText()).isEqualTo(ATTACK);
    assertThat(chartData(html).at("/0/series/0/name").asText()).isEqualTo(ATTACK);
    String shown = "&lt;/script&gt;&lt;img src";
    // title and heading, sentence, job, warning, rule, example, metric, baseline, chart, table,
    // configuration
    assertThat(markup.replace("&#61;", "=").split(Pattern.quote(shown), -1).length)
        .isGreaterThan(12);
  }

  @Test
  void everyStatusIsToldInWords() {
    assertThat(page(SampleRuns.running()))
        .contains("<span class=\"pill running\">running</span>")
        .contains("The run has not ended yet")
        .contains("No job ran.")
        .doesNotContain("<dt>Ended</dt>", "<dt>Exit code</dt>");
    assertThat(page(SampleRuns.ended("failed", 1, "The disk is full.")))
        .contains("<p class=\"sentence failed\">The disk is full.</p>")
        .contains("<dd>1, a bug or the cluster</dd>");
    assertThat(page(SampleRuns.ended("refused", 3, "Too many rejects.")))
        .contains("<p class=\"sentence refused\">Too many rejects.</p>")
        .contains("<dd>3, an input breaks its contract beyond the allowed share</dd>");
    assertThat(page(SampleRuns.ended("refused", 4, "")))
        .contains("<dd>4, a quality gate refused the model, or a privacy budget is spent</dd>");
    assertThat(page(SampleRuns.recommendation()))
        .contains("2 jobs finished in 2 min 13 s.")
        .contains("<dd>0, done</dd>");
  }

  @Test
  void metricsAreMarkedByTheirOwnDirection() {
    String html =
        page(
            measured(
                new MetricReport("RMSE", 0.9, false, Map.of("lower", 1.0)),
                new MetricReport("AUC", 0.6, true, Map.of("higher", 0.8)),
                new MetricReport("MAE", 0.5, false, Map.of("same", 0.5)),
                new MetricReport("R2", Double.NaN, true, Map.of("known", 0.5)),
                new MetricReport("Lift", 0.25, true, Map.of("zero", 0.0))));

    assertThat(html)
        .contains("<span class=\"standing better\">\u25b2 10.0% better</span>")
        .contains("<span class=\"standing worse\">\u25bc 25.0% worse</span>")
        .contains("<span class=\"standing equal\">&#61; equal</span>")
        .contains("n/a")
        .contains("<span class=\"standing unknown\"> cannot be compared</span>")
        .contains("\u25b2 0.2500 better");
  }

  @Test
  void rowsAreShownWithSeparatorsAndMustAddUp() {
    String html = page(SampleRuns.recommendation());

    assertThat(html)
        .contains("<td class=\"number\">100,004</td><td class=\"number\">99,967</td>")
        .contains("recommendations.v1")
        .doesNotContain("does not add up");
    assertThat(page(withOutput(671, 660, 3))).contains("does not add up");
  }

  @Test
  void aCrowdedRunKeepsEveryRuleAndChart() {
    String html = page(SamplePages.crowded());

    assertThat(html).contains("40 more rules");
    for (int i = 0; i < 50; i++) {
      assertThat(html).containsOnlyOnce(">column" + i + ".maximum<");
    }
    assertThat(Pattern.compile("<canvas ").matcher(html).results().count()).isEqualTo(30);
  }

  @Test
  void configurationIsThereOnlyWhenGiven() {
    assertThat(new String(ReportPage.write(SampleRuns.running(), "rank = 32"), UTF_8))
        .contains("<pre><code>rank &#61; 32</code></pre>");
    assertThat(page(SampleRuns.running())).doesNotContain("<pre>");
  }

  private static RunReport attacked() {
    return SampleRuns.ended(
        "failed",
        1,
        ATTACK,
        SampleRuns.job(
            ATTACK,
            ATTACK,
            List.of(SampleRuns.ratings(List.of(new RuleReport(ATTACK, 1, List.of(ATTACK))))),
            List.of(new MetricReport(ATTACK, 1, true, Map.of(ATTACK, 2.0))),
            List.of(
                new Chart(
                    ATTACK,
                    Chart.Kind.BAR,
                    ATTACK,
                    ATTACK,
                    List.of(ATTACK),
                    List.of(new Chart.Series(ATTACK, List.of(), List.of(1.0))))),
            List.of(new FactTable(ATTACK, List.of(ATTACK), List.of(List.of(ATTACK)))),
            List.of(ATTACK)));
  }

  private static RunReport measured(MetricReport... metrics) {
    return SampleRuns.ended(
        "done",
        0,
        "",
        SampleRuns.job("j", "done", List.of(), List.of(metrics), List.of(), List.of(), List.of()));
  }

  private static RunReport withOutput(long in, long scored, long rejected) {
    return SampleRuns.ended("done", 0, "", SampleRuns.scoring(in, scored, rejected));
  }

  private static String page(RunReport report) {
    return new String(ReportPage.write(report, ""), UTF_8);
  }

  private static JsonNode chartData(String html) throws IOException {
    String json =
        SCRIPT
            .matcher(html)
            .results()
            .filter(script -> script.group(1).contains("application/json"))
            .map(script -> script.group(2))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(json);
  }

  private static String sha256(String script) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
    return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
  }
}

package org.millrace.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * {@code report.html}: a run report for people, one file that opens anywhere and loads nothing. Its
 * content security policy lets a browser run the two scripts that it brings and nothing else, so a
 * value from the data stays text even where escaping would fail.
 */
public final class ReportPage {
  private static final String CHART_JS =
      "/META-INF/resources/webjars/chart.js/4.4.9/dist/chart.umd.js";
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

  private ReportPage() {}

  /** What the template takes: the run, and what stands in the page unescaped. */
  record Page(
      PageView run,
      String chartJs,
      String reportJs,
      String chartJsHash,
      String reportJsHash,
      String chartData) {}

  /**
   * The file's content, in UTF-8.
   *
   * @param configuration the resolved configuration as the run used it, without secrets; the page
   *     shows it in a section of its own, and none when it is blank
   */
  public static byte[] write(RunReport report, String configuration) {
    PageView run = PageView.of(report, configuration);
    Parts parts = Parts.LOADED;
    Page page =
        new Page(
            run,
            parts.chartJs(),
            parts.reportJs(),
            parts.chartHash(),
            parts.reportHash(),
            inert(RunJson.write(run.drawn())));
    StringWriter html = new StringWriter();
    parts.template().execute(html, page);
    return html.toString().getBytes(UTF_8);
  }

  /** JSON holds these characters in strings only, where an escape means the same. */
  private static String inert(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** What every page has in common, read and compiled once, at first use. */
  private record Parts(
      Mustache template, String chartJs, String reportJs, String chartHash, String reportHash) {
    static final Parts LOADED = load();

    private static Parts load() {
      String chartJs = SOURCE_MAP.matcher(resource(CHART_JS)).replaceAll("");
      String reportJs = resource("report.js");
      Mustache template =
          new DefaultMustacheFactory()
              .compile(new StringReader(resource("report.mustache")), "report.mustache");
      return new Parts(template, chartJs, reportJs, hash(chartJs), hash(reportJs));
    }
  }

  /** Loads what pages have in common ahead of the first page. */
  public static void prepare() {
    Objects.requireNonNull(Parts.LOADED);
  }

  private static String hash(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks its resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar's resource " + name + " cannot be read", e);
    }
  }
}

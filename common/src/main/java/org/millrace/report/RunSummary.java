package org.millrace.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.ModelReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.RuleReport;
import picocli.CommandLine.Help.Ansi.Style;

/** The short text that a finished run leaves on a terminal. */
public final class RunSummary {
  /** Characters; only a word that is longer by itself, such as a deep path, goes beyond. */
  public static final int WIDTH = 100;

  private static final int MOST_NAME = 36;
  private static final int RULES_SHOWN = 3;

  private final Terminal terminal;

  private RunSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One aligned line: what it tells, of what, how much, beside what, and the verdict on it. */
  private record Line(String label, String name, String value, String note, Standing standing) {
    static Line of(String label, String name, String value, String note) {
      return new Line(label, name, value, note, null);
    }
  }

  /**
   * The summary's lines, each closed by a line feed.
   *
   * @param ansi whether to colour with escape sequences
   * @param charset the terminal's; plain ASCII is written to any other than UTF-8
   */
  public static String of(RunReport report, boolean ansi, Charset charset) {
    return new RunSummary(new Terminal(ansi, charset.equals(UTF_8))).text(report);
  }

  private String text(RunReport report) {
    List<String> lines = new ArrayList<>(head(report));
    List<Line> body = report.jobs().stream().flatMap(job -> lines(job).stream()).toList();
    int label = width(body, Line::label);
    int name = Math.min(MOST_NAME, width(body, Line::name));
    int value = width(body, Line::value);
    int left = WIDTH - label - name - value - 8;
    int beside =
        Math.min(
            Math.max(0, left - 2 - width(body, this::verdict)),
            width(body, line -> line.standing() == null ? "" : line.note()));
    for (JobReport job : report.jobs()) {
      lines.add("");
      lines.add(
          terminal.styled(terminal.plain(job.job(), 60), Style.bold)
              + "  "
              + terminal.plain(job.status(), 12)
              + ", "
              + Figures.duration(job.seconds()));
      for (Line line : lines(job)) {
        String fixed =
            "  %s  %s  %s  "
                .formatted(
                    padded(line.label(), label),
                    padded(terminal.plain(line.name(), name), name),
                    " ".repeat(value - line.value().length()) + line.value());
        String open =
            line.standing() == null
                ? terminal.plain(line.note(), left)
                : padded(terminal.plain(line.note(), beside), beside) + "  " + coloured(line);
        lines.add((fixed + open).stripTrailing());
      }
    }
    lines.add("");
    lines.add(
        "Report: "
            + terminal.plain("%s/runs/%s/report.html".formatted(report.root(), report.runId())));
    return lines.stream().collect(joining("\n", "", "\n"));
  }

  private List<String> head(RunReport report) {
    String duration = Outcome.duration(report);
    boolean done = report.status().equals("done");
    String time = duration.isEmpty() ? "" : (done ? " in " : " after ") + duration;
    String code =
        report
            .exitCode()
            .filter(exit -> exit != 0)
            .map(exit -> " (exit code " + exit + ")")
            .orElse("");
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: %s%s%s"
            .formatted(
                terminal.plain(report.useCase(), 40),
                terminal.plain(report.date(), 10),
                terminal.styled(
                    terminal.plain(report.status(), 12), Style.bold, colour(report.status())),
                time,
                code));
    if (!done) {
      lines.addAll(terminal.wrap(Outcome.sentence(report, duration), WIDTH));
    }
    return lines;
  }

  private static Style colour(String status) {
    return switch (status) {
      case "done" -> Style.fg_green;
      case "failed", "refused" -> Style.fg_red;
      default -> Style.fg_yellow;
    };
  }

  private static List<Line> lines(JobReport job) {
    List<Line> lines = new ArrayList<>();
    job.inputs().forEach(input -> lines.addAll(read(input)));
    job.outputs().forEach(output -> lines.add(scored(output)));
    job.metrics().forEach(metric -> lines.add(measured(metric)));
    job.models().forEach(model -> lines.add(model(model)));
    if (!job.warnings().isEmpty()) {
      lines.add(Line.of("warnings", "", Figures.count(job.warnings().size()), "see the report"));
    }
    return lines;
  }

  private static List<Line> read(InputReport input) {
    String rejected =
        input.rejected() == 0
            ? "none rejected"
            : "%s rejected (%s)"
                .formatted(
                    Figures.count(input.rejected()), Figures.share(input.rejected(), input.read()));
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("read", input.name(), Figures.count(input.read()), rejected));
    List<RuleReport> rules =
        input.rejectsByRule().stream()
            .sorted(Comparator.comparingLong(RuleReport::rows).reversed())
            .toList();
    for (RuleReport rule : rules.subList(0, Math.min(RULES_SHOWN, rules.size()))) {
      lines.add(Line.of("rejected", rule.rule(), Figures.count(rule.rows()), "of " + input.name()));
    }
    if (rules.size() > RULES_SHOWN) {
      lines.add(
          Line.of("", "and " + Figures.counted(rules.size() - RULES_SHOWN, "more rule"), "", ""));
    }
    return lines;
  }

  private static Line scored(OutputReport output) {
    return Line.of(
        "scored",
        output.table(),
        Figures.count(output.scored()),
        "of %s, %s rejected"
            .formatted(
                Figures.counted(output.in(), output.unit()), Figures.count(output.rejected())));
  }

  private static Line measured(MetricReport metric) {
    String value = Figures.metric(metric.value());
    Map.Entry<String, Double> baseline =
        metric.baselines().entrySet().stream().findFirst().orElse(null);
    return baseline == null
        ? Line.of("measured", metric.name(), value, "")
        : new Line(
            "measured",
            metric.name(),
            value,
            baseline.getKey() + " " + Figures.metric(baseline.getValue()),
            Standing.of(metric, baseline.getValue()));
  }

  private static Line model(ModelReport model) {
    String current = model.current() ? ", current" : "";
    String signed = model.signedBy().isEmpty() ? ", not signed" : ", signed by " + model.signedBy();
    return Line.of("model", model.version(), "", model.use() + current + signed);
  }

  private String verdict(Line line) {
    if (line.standing() == null) {
      return "";
    }
    String mark = terminal.unicode() ? line.standing().mark() : "";
    return (mark + " " + line.standing().text()).strip();
  }

  private String coloured(Line line) {
    return switch (line.standing().verdict()) {
      case "better" -> terminal.styled(verdict(line), Style.fg_green);
      case "worse" -> terminal.styled(verdict(line), Style.fg_red);
      default -> verdict(line);
    };
  }

  private static int width(List<Line> lines, Function<Line, String> part) {
    return lines.stream().map(part).mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}

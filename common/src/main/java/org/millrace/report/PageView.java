package org.millrace.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.OutputReport;

/**
 * A run as the page's template shows it.
 *
 * @param drawn the data of the page's charts, in the order of their indices
 */
record PageView(
    String useCase,
    String date,
    String status,
    String sentence,
    List<Fact> facts,
    List<Glance> glances,
    List<JobView> jobs,
    String configuration,
    List<Chart> drawn) {

  /**
   * @param code whether it is a path, a hash or a name that a machine gave
   */
  record Fact(String name, String value, boolean code) {}

  /** A job in one line. */
  record Glance(
      String anchor,
      String job,
      String status,
      String duration,
      List<String> read,
      List<String> rejected,
      List<String> scored,
      String metric,
      String value,
      Standing standing,
      String baseline,
      int warnings) {
    boolean warned() {
      return warnings > 0;
    }

    String warningCount() {
      return Figures.counted(warnings, "warning");
    }
  }

  static PageView of(RunReport report, String configuration) {
    List<Chart> drawn = new ArrayList<>();
    List<JobReport> jobs = report.jobs();
    List<JobView> views = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      views.add(JobView.of(i, jobs.get(i), drawn));
    }
    return new PageView(
        report.useCase(),
        report.date(),
        report.status(),
        Outcome.sentence(report, Outcome.duration(report)),
        facts(report),
        IntStream.range(0, jobs.size()).mapToObj(i -> glance(views.get(i), jobs.get(i))).toList(),
        views,
        configuration,
        drawn);
  }

  boolean anyJob() {
    return !jobs.isEmpty();
  }

  boolean configured() {
    return !configuration.isBlank();
  }

  private static List<Fact> facts(RunReport report) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Started", Figures.moment(report.startedAt()), false));
    report.endedAt().ifPresent(end -> facts.add(new Fact("Ended", Figures.moment(end), false)));
    facts.add(new Fact("Duration", Outcome.duration(report), false));
    report
        .exitCode()
        .ifPresent(
            code -> facts.add(new Fact("Exit code", code + ", " + Outcome.meaning(code), false)));
    facts.add(new Fact("Run", report.runId(), true));
    facts.add(new Fact("Millrace", report.codeVersion(), true));
    facts.add(new Fact("Spark", report.sparkVersion(), false));
    facts.add(new Fact("Java", report.javaVersion(), false));
    facts.add(new Fact("Application", report.applicationId(), true));
    facts.add(new Fact("Master", report.master(), true));
    facts.add(new Fact("Host", report.host(), true));
    facts.add(new Fact("User", report.user(), true));
    facts.add(new Fact("Root", report.root(), true));
    facts.add(new Fact("Configuration (SHA-256)", report.configurationHash(), true));
    facts.removeIf(fact -> fact.value().isBlank());
    return facts;
  }

  private static Glance glance(JobView view, JobReport job) {
    MetricReport first = job.metrics().isEmpty() ? null : job.metrics().get(0);
    String baseline =
        first == null ? "" : first.baselines().keySet().stream().findFirst().orElse("");
    return new Glance(
        view.anchor(),
        job.job(),
        job.status(),
        view.duration(),
        job.inputs().stream().map(PageView::read).toList(),
        job.inputs().stream().map(PageView::rejected).toList(),
        job.outputs().stream().map(PageView::scored).toList(),
        first == null ? "" : first.name(),
        first == null ? "" : Figures.metric(first.value()),
        baseline.isEmpty() ? null : Standing.of(first, first.baselines().get(baseline)),
        baseline,
        job.warnings().size());
  }

  private static String read(InputReport input) {
    return Figures.count(input.read()) + " " + input.name();
  }

  private static String rejected(InputReport input) {
    return Figures.count(input.rejected());
  }

  private static String scored(OutputReport output) {
    return Figures.counted(output.scored(), output.unit());
  }
}

package org.millrace.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.ModelReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.report.RunReport.StepReport;

/** A job as its section of the page shows it. */
record JobView(
    String anchor,
    String job,
    String status,
    String started,
    String duration,
    List<String> warnings,
    List<Input> inputs,
    List<Output> outputs,
    MetricsView metrics,
    List<Model> models,
    List<ChartView> charts,
    List<TableView> tables,
    List<RunReport.Gallery> galleries,
    List<ChartView> steps) {
  private static final int RULES_SHOWN = 10;

  record Input(
      String name,
      String contract,
      String path,
      String read,
      String accepted,
      String rejected,
      String rejectedShare,
      String files,
      String size,
      List<Rule> rules,
      List<Rule> moreRules) {
    boolean broken() {
      return !rules.isEmpty();
    }

    boolean more() {
      return !moreRules.isEmpty();
    }

    String moreCount() {
      return Figures.counted(moreRules.size(), "more rule");
    }
  }

  record Rule(String rule, String rows, String share, List<String> examples) {}

  record Output(
      String table,
      String contract,
      String path,
      String unit,
      String in,
      String scored,
      String rejected,
      boolean reconciles,
      String rows,
      String files,
      String size) {}

  record Model(
      String kind,
      String version,
      String path,
      String use,
      boolean current,
      String signedBy,
      String gate) {
    boolean signed() {
      return !signedBy.isEmpty();
    }

    boolean gated() {
      return !gate.isEmpty();
    }
  }

  /**
   * @param drawn the page's charts; those of this job are added to them
   */
  static JobView of(int number, JobReport job, List<Chart> drawn) {
    return new JobView(
        "job-" + number,
        job.job(),
        job.status(),
        Figures.moment(job.startedAt()),
        Figures.duration(job.seconds()),
        job.warnings(),
        job.inputs().stream().map(JobView::input).toList(),
        job.outputs().stream().map(JobView::output).toList(),
        MetricsView.of(job.metrics()),
        job.models().stream().map(JobView::model).toList(),
        place(job.charts(), drawn),
        job.tables().stream().map(TableView::of).toList(),
        job.galleries(),
        job.steps().isEmpty() ? List.of() : place(List.of(timeByStep(job.steps())), drawn));
  }

  boolean moved() {
    return !inputs.isEmpty() || !outputs.isEmpty();
  }

  boolean anyInput() {
    return !inputs.isEmpty();
  }

  boolean anyOutput() {
    return !outputs.isEmpty();
  }

  boolean anyBroken() {
    return inputs.stream().anyMatch(Input::broken);
  }

  boolean anyModel() {
    return !models.isEmpty();
  }

  boolean anyChart() {
    return !charts.isEmpty();
  }

  boolean anyTable() {
    return !tables.isEmpty();
  }

  boolean anyWarning() {
    return !warnings.isEmpty();
  }

  private static Chart timeByStep(List<StepReport> steps) {
    return new Chart(
        "Time by step",
        Chart.Kind.HORIZONTAL_BAR,
        "seconds",
        "step",
        steps.stream().map(StepReport::name).toList(),
        List.of(
            new Chart.Series(
                "seconds", List.of(), steps.stream().map(StepReport::seconds).toList())));
  }

  private static List<ChartView> place(List<Chart> charts, List<Chart> drawn) {
    List<ChartView> places = new ArrayList<>();
    for (Chart chart : charts) {
      places.add(ChartView.of(drawn.size(), chart));
      drawn.add(chart);
    }
    return places;
  }

  private static Input input(InputReport input) {
    List<Rule> rules =
        input.rejectsByRule().stream()
            .sorted(Comparator.comparingLong(RuleReport::rows).reversed())
            .map(
                rule ->
                    new Rule(
                        rule.rule(),
                        Figures.count(rule.rows()),
                        Figures.share(rule.rows(), input.read()),
                        rule.examples()))
            .toList();
    int shown = Math.min(RULES_SHOWN, rules.size());
    return new Input(
        input.name(),
        input.contract(),
        input.path(),
        Figures.count(input.read()),
        Figures.count(input.accepted()),
        Figures.count(input.rejected()),
        Figures.share(input.rejected(), input.read()),
        Figures.count(input.files()),
        Figures.size(input.bytes()),
        rules.subList(0, shown),
        rules.subList(shown, rules.size()));
  }

  private static Output output(OutputReport output) {
    return new Output(
        output.table(),
        output.contract(),
        output.path(),
        output.unit(),
        Figures.count(output.in()),
        Figures.count(output.scored()),
        Figures.count(output.rejected()),
        output.in() == output.scored() + output.rejected(),
        Figures.count(output.rows()),
        Figures.count(output.files()),
        Figures.size(output.bytes()));
  }

  private static Model model(ModelReport model) {
    return new Model(
        model.kind(),
        model.version(),
        model.path(),
        model.use(),
        model.current(),
        model.signedBy(),
        model.gate());
  }
}

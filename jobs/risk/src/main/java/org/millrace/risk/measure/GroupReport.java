package org.millrace.risk.measure;

import static org.millrace.risk.measure.MeasurementReport.figure;
import static org.millrace.risk.measure.MeasurementReport.rows;

import java.util.ArrayList;
import java.util.List;
import org.millrace.report.RunReport.FactTable;

/** Tells people how groups of rows fare. */
final class GroupReport {

  private GroupReport() {}

  static FactTable table(Groups groups) {
    List<List<String>> rows = new ArrayList<>();
    boolean numbers = groups.byValue().values().stream().anyMatch(g -> g.errors().pairs() > 0);
    groups
        .byValue()
        .forEach((group, tally) -> rows.add(numbers ? errors(group, tally) : rates(group, tally)));
    return new FactTable(
        "By " + groups.column(),
        numbers
            ? List.of(groups.column(), "rows", "mean", "mean told", "mean absolute error", "rmse")
            : List.of(
                groups.column(),
                "rows",
                "positive",
                "mean probability",
                "selection rate",
                "true positive rate",
                "false positive rate",
                "precision",
                "calibration error"),
        rows);
  }

  private static List<String> errors(String group, GroupTally tally) {
    return List.of(
        group,
        rows(tally.rows()),
        figure(tally.meanTruth()),
        figure(tally.meanSaid()),
        figure(tally.errors().metrics().get(0).value()),
        figure(tally.errors().metrics().get(1).value()));
  }

  private static List<String> rates(String group, GroupTally tally) {
    ConfusionTally counts = tally.confusion();
    return List.of(
        group,
        rows(tally.rows()),
        figure(tally.meanTruth()),
        figure(tally.meanSaid()),
        figure(counts.selectionRate()),
        figure(counts.recall()),
        figure(counts.falsePositiveRate()),
        figure(counts.precision()),
        figure(tally.calibrationError()));
  }
}

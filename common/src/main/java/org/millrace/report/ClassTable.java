package org.millrace.report;

import java.util.ArrayList;
import java.util.List;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.ClassificationTally.ClassQuality;
import org.millrace.report.RunReport.FactTable;

/** What a classifier is worth for each class by itself, for reports. */
public final class ClassTable {
  private ClassTable() {}

  /**
   * A row for each class.
   *
   * @param names of the classes, by their numbers
   */
  public static FactTable of(ClassificationTally tally, List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      ClassQuality quality = tally.of(c);
      rows.add(
          List.of(
              names.get(c),
              String.valueOf(quality.support()),
              "%.4f".formatted(quality.precision()),
              "%.4f".formatted(quality.recall()),
              "%.4f".formatted(quality.f1()),
              Double.isNaN(quality.areaUnderRoc())
                  ? "n/a"
                  : "%.4f".formatted(quality.areaUnderRoc())));
    }
    return new FactTable(
        "By class", List.of("class", "rows", "precision", "recall", "f1", "roc-auc"), rows);
  }
}

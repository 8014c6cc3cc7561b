package org.millrace.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.millrace.deep.net.LayerRow;
import org.millrace.deep.train.Epoch;
import org.millrace.deep.train.Trained;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.RunReport.FactTable;

/** How a network learnt, for the report. */
final class LearningReport {
  private LearningReport() {}

  /** Loss by epoch, of the training rows as they were learnt and of the validation rows. */
  static Chart loss(Trained trained) {
    List<Series> series = new ArrayList<>();
    series.add(series("training", trained.epochs(), Epoch::loss));
    evaluated(trained, "validation", e -> e.evaluation().loss(), series);
    return Chart.lines("Loss by epoch", "epoch", "loss", series);
  }

  /** Accuracy of the validation rows by epoch. */
  static Chart accuracy(Trained trained) {
    List<Series> series = new ArrayList<>();
    evaluated(trained, "validation", e -> e.evaluation().accuracy(), series);
    return Chart.lines("Accuracy by epoch", "epoch", "accuracy", series);
  }

  private static void evaluated(
      Trained trained, String name, ToDoubleFunction<Epoch> value, List<Series> series) {
    List<Epoch> evaluated =
        trained.epochs().stream().filter(e -> Objects.nonNull(e.evaluation())).toList();
    if (!evaluated.isEmpty()) {
      series.add(series(name, evaluated, value));
    }
  }

  private static Series series(String name, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
    return new Series(
        name,
        epochs.stream().map(e -> e.index() + 1.0).toList(),
        epochs.stream().mapToDouble(value).boxed().toList());
  }

  /** What each epoch cost. */
  static FactTable epochs(Trained trained) {
    return new FactTable(
        "Epochs",
        List.of("epoch", "training loss", "validation loss", "seconds", "examples/s", "waiting"),
        trained.epochs().stream().map(LearningReport::row).toList());
  }

  private static List<String> row(Epoch epoch) {
    return List.of(
        String.valueOf(epoch.index() + 1),
        "%.5f".formatted(epoch.loss()),
        epoch.evaluation() == null ? "" : "%.5f".formatted(epoch.evaluation().loss()),
        "%.1f".formatted(epoch.seconds()),
        "%.0f".formatted(epoch.examplesPerSecond()),
        "%.1f %%".formatted(100 * epoch.synchronization()));
  }

  /** A sentence for the terminal. */
  static String sentence(Epoch epoch, int of) {
    String validation =
        epoch.evaluation() == null
            ? ""
            : ", validation loss %.4f".formatted(epoch.evaluation().loss());
    return "epoch %d of %d: loss %.4f%s, %.0f examples/s"
        .formatted(epoch.index() + 1, of, epoch.loss(), validation, epoch.examplesPerSecond());
  }

  static FactTable layers(List<LayerRow> layers) {
    return new FactTable(
        "Layers",
        List.of("layer", "output", "parameters"),
        layers.stream()
            .map(l -> List.of(l.name(), l.output().describe(), String.valueOf(l.parameters())))
            .toList());
  }
}

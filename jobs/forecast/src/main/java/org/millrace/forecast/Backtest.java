package org.millrace.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;
import org.millrace.forecast.backtest.Probabilities;
import org.millrace.forecast.interval.Intervals;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.Regularizer;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.Draft;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelDescription;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;

/** Measures methods on the past of many series, chooses one for each, and publishes the choices. */
public final class Backtest implements Job<BacktestConfig> {

  @Override
  public String name() {
    return "forecast.backtest";
  }

  @Override
  public String summary() {
    return "measure forecasting methods on the past of many series (rolling origin) and choose one for each";
  }

  @Override
  public Class<BacktestConfig> config() {
    return BacktestConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("series: a contract of yours with the columns that layout names");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind " + ForecastModel.KIND + ": the method of each series");
  }

  @Override
  public List<NamedTable> tables(BacktestConfig c) {
    return List.of(new NamedTable("series", c.series(), c.layout().columns()));
  }

  @Override
  public void run(Run run, BacktestConfig c) {
    CheckedTable input = run.read(tables(c).get(0));
    SeriesTable table = SeriesTable.of(input.rows(), c.layout());
    List<Method> methods = Methods.of(c.methods());
    Dataset<Row> rows = run.step("backtest", () -> measure(run, c, input, table, methods));
    List<String> names = methods.stream().map(Method::name).toList();
    BacktestSummary summary =
        run.step("summarize", () -> BacktestSummary.of(rows, table.keys(), names, c));
    List<MeasuredMetric> figures =
        BacktestFigures.of(summary, c.intervals() == Intervals.CONFORMAL);
    figures.forEach(f -> run.report().metric(f.metric(), BacktestFigures.naiveFirst(f, names)));
    try (Draft draft = run.draftModel(ForecastModel.KIND)) {
      Configuration hadoop = run.spark().sessionState().newHadoopConf();
      Path choices = new Path(draft.path(), ForecastModel.CHOICES);
      run.step("choose", () -> write(summary.choices(), table.keys(), choices));
      model(c, summary).write(draft.path(), hadoop);
      Dataset<Row> chosen = run.spark().read().parquet(choices.toString());
      run.step("report", () -> new BacktestReport(run, c, summary, table).tell(chosen));
      run.publishModel(
          draft, run.modelInfo(input, 0, figures, holdout(c), description(c)), c.gate());
    }
  }

  /** Leaves the rows of the tasks in a folder of the run: they are gone over a few times. */
  private static Dataset<Row> measure(
      Run run, BacktestConfig c, CheckedTable input, SeriesTable table, List<Method> methods) {
    StructType keys = table.keys();
    double[] probabilities = Probabilities.withIntervals(c.quantiles());
    BacktestWork work =
        new BacktestWork(
            new Regularizer(c.layout()),
            new ArrayList<>(methods),
            c.origins(),
            probabilities,
            c.effort().limits(),
            new BacktestRows(keys.size()));
    int[] seasons = c.layout().given().map(f -> c.layout().seasonsOf(f)).orElse(new int[] {12});
    ArrayList<Method> costly = new ArrayList<>(methods);
    int windows = c.windows();
    SeriesTable.Worked worked =
        table.work(
            work,
            Verdicts.judged(BacktestRows.schema(keys), keys),
            length -> Methods.cost(costly, length, seasons, windows),
            c.effort().tasks(run.spark()));
    JudgedRows judged = Verdicts.judge(run, worked.rows());
    Path folder = run.scratch("backtest");
    judged.rows().write().parquet(folder.toString());
    long refused = SeriesCounts.refused(run, input, c.series(), judged, worked.series());
    Dataset<Row> rows = run.spark().read().parquet(folder.toString());
    long measured = rows.filter(rows.col(BacktestRows.CELL).isNull()).count();
    if (measured + refused != worked.series()) {
      throw Stop.failed(
          "%d series are in the table, %d were measured and %d refused: these do not reconcile; this is a bug, please report it"
              + " with run.json",
          worked.series(), measured, refused);
    }
    return rows;
  }

  /** Sorted, so that equal choices are equal files. */
  private static Void write(Dataset<Row> choices, StructType keys, Path folder) {
    Column[] order = new Column[keys.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = ColumnNames.column(choices, keys.fieldNames()[i]);
    }
    Dataset<Row> sorted = order.length == 0 ? choices : choices.sort(order);
    sorted
        .write()
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
        .parquet(folder.toString());
    return null;
  }

  private static ForecastModel model(BacktestConfig c, BacktestSummary summary) {
    Map<String, double[][]> conformal = new TreeMap<>();
    if (c.intervals() == Intervals.CONFORMAL) {
      for (int m = 0; m < summary.methods().size(); m++) {
        conformal.put(summary.methods().get(m), summary.radii(m));
      }
    }
    return new ForecastModel(
        ForecastModel.FORMAT,
        c.layout().shape().keys(),
        c.methods(),
        summary.best(),
        Intervals.LEVELS,
        conformal);
  }

  private static String holdout(BacktestConfig c) {
    return ("Rolling origin: %d windows of %d steps, %d steps apart, the newest ones of each series. In each window the automatic"
            + " choice was made from windows that were over at its origin, so the oldest ones count for none; the published choice looks"
            + " at all.")
        .formatted(c.windows(), c.horizon(), c.step().orElse(c.horizon()));
  }

  private static ModelDescription description(BacktestConfig c) {
    return new ModelDescription(
        "The forecasting method of each series, by what it showed in a backtest. The methods are fitted anew when a table is scored.",
        "Chosen by %s among %s; another method than that of all series must err less by %s standard errors in three windows or more.%s"
            .formatted(
                c.metric(),
                String.join(", ", Methods.of(c.methods()).stream().map(Method::name).toList()),
                c.doubt(),
                c.intervals() == Intervals.CONFORMAL
                    ? " Intervals are as wide as values came from their forecasts in the backtest."
                    : ""),
        "Forecasts of the same series, by forecast.score.",
        List.of(
            "A series that the backtest has not seen gets the method that was best over all series.",
            "A change of a series that its past does not show is not foreseen.",
            Optional.of(c.intervals())
                .filter(i -> i == Intervals.MODEL)
                .map(
                    i ->
                        "Intervals are those of the methods; the backtest tells how many values they held.")
                .orElse(
                    "Intervals hold their share of values on average over series, not for each one.")));
  }
}

package org.millrace.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.millrace.config.Check;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.reconcile.Hierarchy;
import org.millrace.forecast.reconcile.Reconciler;
import org.millrace.forecast.reconcile.Reconciliation;
import org.millrace.forecast.series.Regularizer;
import org.millrace.forecast.series.SeriesLayout;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Forecasts many series, each by the method that a backtest chose for it. */
public final class Score implements Job<Score.Config> {
  private static final String CONTRACT = "scores.forecast.v1";

  /**
   * The keys; defaults and meanings are in {@code reference.conf}.
   *
   * @param horizon steps behind the last value of each series
   * @param quantiles probabilities
   */
  public record Config(
      TableRef series,
      SeriesLayout layout,
      int horizon,
      List<Double> quantiles,
      Optional<String> modelVersion,
      Optional<Hierarchy> hierarchy,
      Effort effort) {
    public Config {
      Check.that(
          hierarchy.isEmpty() || layout.shape().keys().size() == 1,
          "hierarchy",
          "series named by " + layout.shape().keys(),
          "series of one key column, whose values parents names");
      Check.that(
          hierarchy.isEmpty()
              || !hierarchy.get().method().needsVariances()
              || quantiles.size() >= 2,
          "quantiles",
          quantiles,
          "two or more, since hierarchy.method takes variances from them");
      Horizons.require(horizon);
      Horizons.requireProbabilities(quantiles);
      Set<String> own = new TreeSet<>(ForecastRows.OWN);
      own.retainAll(layout.shape().keys());
      Check.that(
          own.isEmpty(),
          "layout",
          "key " + String.join(", ", own),
          "key columns of other names than " + String.join(", ", ForecastRows.OWN));
      quantiles = List.copyOf(quantiles);
    }
  }

  @Override
  public String name() {
    return "forecast.score";
  }

  @Override
  public String summary() {
    return "forecast many series, each by its own method: means and quantiles for each step";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "series: a contract of yours with the columns that layout names",
        "a model of kind " + ForecastModel.KIND);
  }

  @Override
  public List<String> outputs() {
    return List.of("scores/USE_CASE: " + CONTRACT);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("series", c.series(), c.layout().columns()));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(ForecastModel.KIND, c.modelVersion());
    ForecastModel model = ForecastModel.read(version, run.spark().sessionState().newHadoopConf());
    requireKeys(model, c, version);
    CheckedTable input = run.read(tables(c).get(0));
    Dataset<Row> choices =
        run.spark().read().parquet(version.file(ForecastModel.CHOICES).toString());
    SeriesTable table =
        SeriesTable.of(input.rows(), c.layout())
            .with(choices.withColumn("note", functions.col("method")));
    SeriesTable.Worked worked = run.step("spread", () -> forecasts(run, c, model, table));
    JudgedRows judged = Verdicts.judge(run, worked.rows());
    run.publishScores(
        CONTRACT,
        c.hierarchy().map(h -> reconciled(run, c, judged.rows(), h)).orElse(judged.rows()),
        version,
        written -> reconcile(run, c, input, judged, worked.series(), written.get()));
  }

  private static void requireKeys(ForecastModel model, Config c, ModelVersion version) {
    if (!model.keys().equals(c.layout().shape().keys())) {
      throw Stop.usage(
          "forecast.score: layout names series by %s, but model %s was made for series by %s; take the layout of the backtest:"
              + " layout = ${forecast.backtest.layout}",
          c.layout().shape().keys(), version.version(), model.keys());
    }
  }

  private static SeriesTable.Worked forecasts(
      Run run, Config c, ForecastModel model, SeriesTable table) {
    StructType keys = table.keys();
    boolean errors =
        c.hierarchy().filter(h -> h.method() == Reconciliation.MINT_SHRINK).isPresent();
    ForecastRows rows = new ForecastRows(keys.size(), errors);
    ScoreWork work =
        new ScoreWork(
            new Regularizer(c.layout()),
            model,
            c.horizon(),
            c.quantiles().stream().mapToDouble(Double::doubleValue).toArray(),
            c.effort().limits(),
            rows);
    int[] seasons = c.layout().given().map(f -> c.layout().seasonsOf(f)).orElse(new int[] {12});
    ArrayList<Method> methods = new ArrayList<>(model.byName().values());
    return table.work(
        work,
        Verdicts.judged(rows.schema(keys), keys),
        length -> Methods.cost(methods, length, seasons, 1),
        c.effort().tasks(run.spark()));
  }

  private static Dataset<Row> reconciled(
      Run run, Config c, Dataset<Row> rows, Hierarchy hierarchy) {
    String key = c.layout().shape().keys().get(0);
    return Reconciler.reconcile(rows, key, hierarchy, c.effort().tasks(run.spark()));
  }

  private static RowCounts reconcile(
      Run run, Config c, CheckedTable input, JudgedRows judged, long series, Dataset<Row> written) {
    long refused = SeriesCounts.refused(run, input, c.series(), judged, series);
    Column first = functions.col("step").equalTo(1);
    long scored = written.filter(first).count();
    ScoreReport.tell(run, c, written);
    return new RowCounts("series", series, scored, refused);
  }
}

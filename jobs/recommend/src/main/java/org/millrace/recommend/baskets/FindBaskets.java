package org.millrace.recommend.baskets;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.eval.Histogram;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Publishes what is bought together: item sets and rules with support, confidence and lift. */
public final class FindBaskets implements Job<FindBaskets.Config> {
  private static final String SETS = "basket-sets.v1";
  private static final String RULES = "basket-rules.v1";
  private static final int SHOWN = 25;
  private static final int BARS = 20;

  /**
   * The keys of this job; defaults and meanings are in {@code reference.conf}.
   *
   * @param output what the names of the published tables begin with
   */
  public record Config(TableRef baskets, String output, BasketRules rules) {
    public Config {
      Check.that(
          output.matches("[a-z0-9][a-z0-9_-]*"),
          "output",
          output,
          "small letters, digits, - and _, such as shop");
    }
  }

  @Override
  public String name() {
    return "recommend.baskets";
  }

  @Override
  public String summary() {
    return "publish what is bought together: item sets and rules with support, confidence and lift";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("baskets: baskets.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT-rules: " + RULES, "tables/OUTPUT-sets: " + SETS);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("baskets", c.baskets(), List.of("basket", "item")));
  }

  @Override
  public void run(Run run, Config c) {
    CheckedTable input = run.read(tables(c).get(0));
    Dataset<Row> lines = input.rows().select("basket", "item");
    sizes(run, lines);
    try (BasketRules.Found found = run.step("find rules", () -> c.rules().find(lines))) {
      long sets = found.sets().count();
      long rules = found.rules().count();
      if (rules == 0) {
        run.report()
            .warn(
                "no rule reaches min-support %s, min-confidence %s and min-lift %s in %d baskets; lower one of them"
                    .formatted(
                        c.rules().minSupport(),
                        c.rules().minConfidence(),
                        c.rules().minLift(),
                        found.baskets()));
      }
      tell(run, found);
      run.publishTable(
          c.output() + "-sets",
          SETS,
          found.sets(),
          written -> new RowCounts("item set", sets, written.get().count(), 0));
      run.publishTable(
          c.output() + "-rules",
          RULES,
          found.rules(),
          written -> new RowCounts("rule", rules, written.get().count(), 0));
    }
  }

  private static void sizes(Run run, Dataset<Row> lines) {
    Dataset<Row> sizes = lines.distinct().groupBy("basket").count();
    Histogram histogram = Histogram.of(sizes, col("count"), BARS);
    run.report()
        .chart(
            Chart.bars(
                "Sizes of baskets",
                "items",
                "baskets",
                histogram.labels(),
                List.of(new Series("baskets", List.of(), histogram.counts()))));
  }

  private static void tell(Run run, BasketRules.Found found) {
    List<Row> best =
        found
            .rules()
            .orderBy(
                col("lift").desc(), col("support").desc(), col("consequent"), col("antecedent"))
            .select(
                array_join(col("antecedent"), " + "),
                col("consequent"),
                col("baskets"),
                col("support"),
                col("confidence"),
                col("lift"))
            .limit(SHOWN)
            .collectAsList();
    run.report()
        .table(
            new FactTable(
                "Rules of the greatest lift, of %d".formatted(found.rules().count()),
                List.of("who has", "has also", "baskets", "support", "confidence", "lift"),
                best.stream()
                    .map(
                        r ->
                            List.of(
                                r.getString(0),
                                r.getString(1),
                                String.valueOf(r.getLong(2)),
                                "%.4f".formatted(r.getDouble(3)),
                                "%.3f".formatted(r.getDouble(4)),
                                "%.2f".formatted(r.getDouble(5))))
                    .toList()));
  }
}

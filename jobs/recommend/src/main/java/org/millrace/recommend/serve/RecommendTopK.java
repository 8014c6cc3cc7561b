package org.millrace.recommend.serve;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.recommend.factor.ServedLists;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.table.CheckedTable;
import org.millrace.table.KeptTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Publishes the best items for each user, by a model that was trained before. */
public final class RecommendTopK implements Job<RecommendTopK.Config> {
  private static final String CONTRACT = "scores.top-k.v1";

  /**
   * The keys of this job; defaults and meanings are in {@code reference.conf}.
   *
   * @param k longest list of a user, 1..10000
   */
  public record Config(
      ModelKind model,
      int k,
      Optional<TableRef> users,
      Optional<TableRef> known,
      Optional<TableRef> items,
      Optional<String> modelVersion) {
    public Config {
      Check.that(k >= 1 && k <= 10_000, "k", k, "a whole number in 1..10000");
    }
  }

  @Override
  public String name() {
    return "recommend.top-k";
  }

  @Override
  public String summary() {
    return "publish the best k items for each user; users whom the model does not know get popular ones";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "users (optional): users.v1",
        "known (optional): ratings.v1 or interactions.v1",
        "items (optional): items.v1",
        "a model of kind als, neighbours, content, blend or segments");
  }

  @Override
  public List<String> outputs() {
    return List.of("scores/USE_CASE: " + CONTRACT);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    List<NamedTable> tables = new ArrayList<>();
    c.users().ifPresent(ref -> tables.add(new NamedTable("users", ref, List.of("user"))));
    c.known().ifPresent(ref -> tables.add(new NamedTable("known", ref, List.of("user", "item"))));
    c.items().ifPresent(ref -> tables.add(new NamedTable("items", ref, List.of("item"))));
    return tables;
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(c.model().id(), c.modelVersion());
    Recommender model = c.model().open(run.spark(), version);
    Optional<CheckedTable> users = read(run, c, "users");
    Optional<Dataset<Row>> known = read(run, c, "known").map(t -> t.rows().select("user", "item"));
    Optional<Dataset<Row>> items =
        read(run, c, "items").map(t -> t.rows().select(col("item").as("id")).distinct());
    Dataset<Row> served =
        users
            .map(t -> t.rows().select(col("user").as("id")).distinct())
            .orElse(model.users().select("id"));
    try (KeptTable kept = KeptTable.of(served);
        Lists lists = ServedLists.of(model, kept.rows(), known, items, c.k())) {
      run.publishScores(
          CONTRACT,
          lists.rows(),
          version,
          written -> reconcile(run, users, kept.rows(), written.get()));
    }
  }

  private Optional<CheckedTable> read(Run run, Config c, String name) {
    return tables(c).stream().filter(t -> t.name().equals(name)).findFirst().map(run::read);
  }

  /**
   * Users in = users with a list + users rejected: by the contract of their table, or as no item
   * was left for them.
   */
  private static RowCounts reconcile(
      Run run, Optional<CheckedTable> users, Dataset<Row> wanted, Dataset<Row> written) {
    Dataset<Row> served =
        written.filter(col("rank").equalTo(1)).select(col("user").as("id"), col("reason"));
    List<Row> byReason = served.groupBy("reason").count().collectAsList();
    long scored = byReason.stream().mapToLong(r -> r.getLong(1)).sum();
    run.report()
        .chart(
            Chart.bars(
                "Users by reason",
                "reason",
                "users",
                byReason.stream().map(r -> r.getString(0)).toList(),
                List.of(
                    new Series(
                        "users",
                        List.of(),
                        byReason.stream().map(r -> (double) r.getLong(1)).toList()))));
    long leftOut =
        run.refuse(
            "users",
            wanted
                .join(served.select("id"), new String[] {"id"}, "left_anti")
                .withColumnRenamed("id", "user"),
            "user.no-item-left",
            "of a user for whom an item is left after known items and the item filter");
    long broken = users.map(CheckedTable::rejected).orElse(0L);
    return new RowCounts("user", wanted.count() + broken, scored, broken + leftOut);
  }
}

package org.millrace.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.NumericType;
import org.millrace.features.privacy.Ledger;
import org.millrace.features.privacy.PrivateTable;
import org.millrace.features.privacy.Statistic;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contract;
import org.millrace.table.RowCounts;

/** Publishes statistics with differential privacy, and keeps account of what that costs. */
public final class PrivateAggregates implements Job<PrivateAggregatesConfig> {
  private static final String CONTRACT = "features.private-statistics.v1";

  @Override
  public String name() {
    return "features.private-aggregates";
  }

  @Override
  public String summary() {
    return "publish counts, sums, means, quantiles and histograms with differential privacy, within a budget";
  }

  @Override
  public Class<PrivateAggregatesConfig> config() {
    return PrivateAggregatesConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("table: a contract of yours in which the column of the person is required");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT: " + CONTRACT, "privacy/BUDGET.json: what was spent");
  }

  @Override
  public List<NamedTable> tables(PrivateAggregatesConfig c) {
    List<String> needs = new ArrayList<>(c.groups());
    needs.add(c.person());
    c.statistics().forEach(s -> s.of().ifPresent(needs::add));
    return List.of(new NamedTable("table", c.table(), needs.stream().distinct().toList()));
  }

  @Override
  public void run(Run run, PrivateAggregatesConfig c) {
    try (CheckedTable table = run.read(tables(c).get(0))) {
      require(table.contract(), c);
      Ledger.Cost spent = spend(run, c);
      tell(run, c, spent);
      PrivateTable plan =
          new PrivateTable(
              c.person(), c.groups(), c.bounds(), c.statistics(), c.choice().orElse(null));
      run.publishTable(
          c.output(),
          CONTRACT,
          plan.released(table.rows(), c.seed()),
          written ->
              new RowCounts(
                  "input row", table.seen(), table.seen() - table.rejected(), table.rejected()));
    }
  }

  private static void require(Contract contract, PrivateAggregatesConfig c) {
    if (!contract.field(c.person()).map(Contract.Field::required).orElse(false)) {
      throw Stop.usage(
          "features.private-aggregates: column %s of contract %s may be absent, and a row of nobody protects nobody; make it"
              + " required, so that such rows are rejected",
          c.person(), contract.id());
    }
    for (Statistic statistic : c.statistics()) {
      boolean counts = statistic instanceof Statistic.Count;
      statistic
          .of()
          .flatMap(contract::field)
          .filter(f -> !counts && !(f.type().spark() instanceof NumericType))
          .ifPresent(
              f -> {
                throw Stop.usage(
                    "features.private-aggregates: a %s is of numbers, but column %s of contract %s is %s",
                    statistic.kind(), f.name(), contract.id(), f.type().spark().sql());
              });
    }
  }

  /** Before anything is told: a run that dies afterwards has cost what it could have told. */
  private static Ledger.Cost spend(Run run, PrivateAggregatesConfig c) {
    Configuration hadoop = run.spark().sessionState().newHadoopConf();
    return run.step(
        "spend privacy budget",
        () ->
            run.alone(
                "privacy",
                folder ->
                    new Ledger(new Path(folder, c.budget().name() + ".json"), hadoop)
                        .spend(c.budget(), c.cost(), run.runId())));
  }

  private static void tell(Run run, PrivateAggregatesConfig c, Ledger.Cost spent) {
    run.report()
        .table(
            new FactTable(
                "Privacy budget " + c.budget().name(),
                List.of("", "epsilon", "delta"),
                List.of(
                    List.of(
                        "this run",
                        c.cost().epsilon().toPlainString(),
                        c.cost().delta().toString()),
                    List.of(
                        "spent in all", spent.epsilon().toPlainString(), spent.delta().toString()),
                    List.of(
                        "allowed",
                        String.valueOf(c.budget().epsilon()),
                        String.valueOf(c.budget().delta())))));
    run.report()
        .warn(
            "only the published table is private: this report, run.json, the manifest and the rejects tell exact numbers of rows"
                + " and rejected rows as they are");
  }
}

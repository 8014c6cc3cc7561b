package org.millrace.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.features.mask.MaskRule;
import org.millrace.features.mask.Masking;
import org.millrace.features.mask.PseudonymKey;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contract;
import org.millrace.table.RowCounts;

/** Publishes a table in which columns are masked by the tags of their contract. */
public final class Mask implements Job<MaskConfig> {

  @Override
  public String name() {
    return "features.mask";
  }

  @Override
  public String summary() {
    return "pseudonymise, redact or generalise the columns of a table by the tags of its contract";
  }

  @Override
  public Class<MaskConfig> config() {
    return MaskConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("table: a contract of yours with tags or classification on its columns");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT: published-contract");
  }

  @Override
  public List<NamedTable> tables(MaskConfig c) {
    return List.of(new NamedTable("table", c.table(), List.of()));
  }

  @Override
  public void run(Run run, MaskConfig c) {
    Optional<PseudonymKey> key =
        c.keyFile()
            .map(file -> PseudonymKey.read(file, run.spark().sessionState().newHadoopConf()));
    CheckedTable table = run.stream(tables(c).get(0));
    List<List<String>> told = new ArrayList<>();
    Dataset<Row> masked = table.rows().select(columns(table, c, key, told));
    requireContract(run.contract(c.publishedContract()), masked);
    run.report().table(new FactTable("Columns", List.of("column", "tags", "masking"), told));
    key.ifPresent(
        k ->
            run.report()
                .table(
                    new FactTable(
                        "Key of the pseudonyms", List.of("id"), List.of(List.of(k.id())))));
    run.publishTable(
        c.output(),
        c.publishedContract(),
        masked,
        written -> {
          table.enforce();
          warnOfRejects(run, table);
          return new RowCounts(
              "row", table.seen(), table.seen() - table.rejected(), table.rejected());
        });
  }

  private static void warnOfRejects(Run run, CheckedTable table) {
    if (table.rejected() > 0) {
      run.report()
          .warn(
              "%d rows were rejected; the rejects and this report's examples show them as they are, not masked"
                  .formatted(table.rejected()));
    }
  }

  private static Column[] columns(
      CheckedTable table, MaskConfig c, Optional<PseudonymKey> key, List<List<String>> told) {
    List<Column> columns = new ArrayList<>();
    for (Contract.Field field : table.contract().fields()) {
      Masking masking = masking(table.contract(), field, c);
      told.add(List.of(field.name(), String.join(", ", field.tags()), masking.toString()));
      try {
        masking
            .mask(field.name(), field.type().spark(), key.orElse(null))
            .ifPresent(masked -> columns.add(masked.as(field.name())));
      } catch (IllegalArgumentException e) {
        throw Stop.usage(
            "features.mask: column %s of contract %s is %s, but %s needs %s; give its tag another masking",
            field.name(),
            table.contract().id(),
            field.type().spark().sql(),
            masking,
            e.getMessage());
      }
    }
    if (columns.isEmpty()) {
      throw Stop.usage("features.mask: no column of contract %s is left", table.contract().id());
    }
    return columns.toArray(Column[]::new);
  }

  private static Masking masking(Contract contract, Contract.Field field, MaskConfig c) {
    Optional<MaskRule> rule = MaskRule.first(c.rules(), field.tags());
    if (rule.isPresent()) {
      return rule.get().masking();
    }
    if (!field.tags().isEmpty()) {
      throw Stop.usage(
          "features.mask: column %s of contract %s has the tags %s, and no rule is for one of them; add a rule, with kind ="
              + " keep where it may be seen",
          field.name(), contract.id(), String.join(", ", field.tags()));
    }
    return switch (c.untagged()) {
      case KEEP -> new Masking.Keep();
      case DROP -> new Masking.Drop();
      case REFUSE ->
          throw Stop.usage(
              "features.mask: column %s of contract %s has no tags, and untagged is refuse; tag it in the contract",
              field.name(), contract.id());
    };
  }

  /** What is masked may be of another type: its contract must say so before rows are read. */
  private static void requireContract(Contract published, Dataset<Row> masked) {
    List<String> columns = List.of(masked.columns());
    for (Contract.Field field : published.fields()) {
      String wanted = field.type().spark().sql();
      String found =
          columns.contains(field.name())
              ? masked.schema().apply(field.name()).dataType().sql()
              : "not there";
      if (!wanted.equals(found)) {
        throw Stop.usage(
            "features.mask: contract %s promises column %s of type %s, but after masking it is %s",
            published.id(), field.name(), wanted, found);
      }
    }
    List<String> promised = published.fieldNames();
    for (String column : columns) {
      if (!promised.contains(column)) {
        throw Stop.usage(
            "features.mask: column %s is published, but contract %s does not have it; add it there, or drop it by a rule",
            column, published.id());
      }
    }
  }
}

package org.millrace.features;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.millrace.eval.ColumnNames;
import org.millrace.features.text.TermTable;
import org.millrace.features.text.VectorColumns;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Prospect;
import org.millrace.job.Run;
import org.millrace.language.FittedVectors;
import org.millrace.language.Refused;
import org.millrace.language.TextVectors;
import org.millrace.language.Tokenizer;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.table.RowCounts;

/** Makes words and vectors of a column of texts. */
public final class Text implements Job<TextConfig> {
  private static final String CONTRACT = "features.text.v1";
  private static final String TERMS_CONTRACT = "features.terms.v1";
  private static final String TOKENS = "tokens";
  private static final String VECTOR = "__vector";
  private static final String RULE = "__rule";
  private static final String REASON = "__reason";
  private static final String ROW = "__row";

  @Override
  public String name() {
    return "features.text";
  }

  @Override
  public String summary() {
    return "make words and vectors of texts: TF-IDF, Word2Vec, or embeddings by a sentence model";
  }

  @Override
  public Class<TextConfig> config() {
    return TextConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("table: a contract of yours with a column of texts and a key");
  }

  @Override
  public List<String> outputs() {
    return List.of(
        "tables/OUTPUT: " + CONTRACT,
        "tables/OUTPUT-terms, of TF-IDF with a vocabulary: " + TERMS_CONTRACT);
  }

  @Override
  public List<NamedTable> tables(TextConfig c) {
    List<String> needs = new ArrayList<>(c.keep());
    needs.add(c.text());
    List<String> columns = needs.stream().distinct().toList();
    return List.of(new NamedTable("table", c.table(), columns).judging(c.text()));
  }

  @Override
  public void check(Prospect prospect, TextConfig c) {
    c.vectors().ifPresent(v -> v.check(prospect.spark().sessionState().newHadoopConf()));
  }

  @Override
  public void run(Run run, TextConfig c) {
    try (CheckedTable table = run.read(tables(c).get(0))) {
      List<String> kept = kept(table, c);
      Dataset<Row> good = table.rows().filter(c.checks().rule(c.text()).isNull());
      Optional<FittedVectors> vectors =
          c.vectors()
              .map(v -> run.step("fit " + v.describe(), () -> v.fit(good, c.text(), c.analysis())));
      JudgedRows judged =
          run.judge(
              "texts",
              judgement(table.rows(), kept, c),
              new JudgedRows.Verdict(RULE, REASON, ROW),
              c.checks().accepted());
      Dataset<Row> tokens = Tokenizer.append(judged.rows(), c.text(), TOKENS, c.analysis());
      Dataset<Row> made =
          vectors
              .map(v -> VectorColumns.of(v.append(tokens, c.text(), VECTOR), VECTOR, v))
              .orElseGet(() -> VectorColumns.none(tokens));
      run.publishTable(
          c.output(),
          CONTRACT,
          kept.contains(c.text()) ? made : made.drop(c.text()),
          written -> counts(table, judged));
      vectors.ifPresent(v -> tell(run, c, v));
    }
  }

  private static RowCounts counts(CheckedTable table, JudgedRows judged) {
    table.alsoRefused(judged.broken());
    table.enforce();
    long lost = table.rejected() + judged.rejected();
    return new RowCounts("row", table.seen(), table.seen() - lost, lost);
  }

  private static List<String> kept(CheckedTable table, TextConfig c) {
    List<String> kept =
        c.keep().isEmpty()
            ? table.contract().keys().stream().findFirst().orElse(List.of())
            : c.keep();
    if (kept.isEmpty()) {
      throw Stop.usage(
          "features.text: contract %s has no key; name in keep the columns by which the rows are"
              + " told apart",
          table.contract().id());
    }
    for (String made : VectorColumns.NAMES) {
      if (kept.contains(made)) {
        throw Stop.usage(
            "features.text: keep names %s, which is also a column that is made; rename it in the"
                + " contract",
            made);
      }
    }
    if (!(table.rows().schema().apply(c.text()).dataType() instanceof StringType)) {
      throw Stop.usage(
          "features.text: text is column %s, which is no string in contract %s",
          c.text(), table.contract().id());
    }
    return kept;
  }

  /** The kept columns and the text, and of rows that are refused why. */
  private static Dataset<Row> judgement(Dataset<Row> rows, List<String> kept, TextConfig c) {
    Column rule = c.checks().rule(c.text());
    List<Column> columns = new ArrayList<>();
    List<Column> shown = new ArrayList<>();
    for (String column : kept) {
      if (!column.equals(c.text())) {
        columns.add(ColumnNames.column(column));
        shown.add(ColumnNames.column(column));
      }
    }
    columns.add(ColumnNames.column(c.text()));
    shown.add(Refused.shown(c.text()));
    columns.add(rule.as(RULE));
    columns.add(when(rule.isNotNull(), lit("%s as it is read".formatted(c.text()))).as(REASON));
    columns.add(when(rule.isNotNull(), struct(shown.toArray(Column[]::new))).as(ROW));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static void tell(Run run, TextConfig c, FittedVectors vectors) {
    run.report()
        .table(
            new FactTable(
                "Vectors",
                List.of("kind", "size"),
                List.of(
                    List.of(
                        c.vectors().map(TextVectors::describe).orElseThrow(),
                        String.valueOf(vectors.size())))));
    List<FittedVectors.WeightedTerm> terms = vectors.terms();
    if (!terms.isEmpty()) {
      run.publishTable(
          c.output() + "-terms",
          TERMS_CONTRACT,
          TermTable.of(run.spark(), terms),
          written -> new RowCounts("term", terms.size(), terms.size(), 0));
    }
  }
}

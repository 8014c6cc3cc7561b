package org.millrace.text;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Prospect;
import org.millrace.job.Run;
import org.millrace.language.FittedVectors;
import org.millrace.language.Refused;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.text.answer.NearestPairs;
import org.millrace.text.answer.Nearness;

/** Publishes the best answers for questions out of a table of questions with their answers. */
public final class TextAnswer implements Job<TextAnswerConfig> {
  private static final String CONTRACT = "answers.v1";
  private static final String VECTOR = "__vector";
  private static final List<String> MADE =
      List.of("asked", "rank", "found", "score", "matched", "answer");

  @Override
  public String name() {
    return "text.answer";
  }

  @Override
  public String summary() {
    return "publish the best answers for questions out of a table of question and answer pairs";
  }

  @Override
  public Class<TextAnswerConfig> config() {
    return TextAnswerConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "pairs: question-answers.v1, or a contract of yours with a question and an answer",
        "questions: questions.v1, or a contract of yours with a question and a key");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT: " + CONTRACT);
  }

  @Override
  public List<NamedTable> tables(TextAnswerConfig c) {
    List<String> asked = Stream.concat(c.keep().stream(), Stream.of(c.text())).distinct().toList();
    return List.of(
        new NamedTable("pairs", c.pairs(), List.of(c.pairQuestion(), c.pairAnswer()))
            .judging(c.pairQuestion()),
        new NamedTable("questions", c.questions(), asked).judging(c.text()));
  }

  @Override
  public void check(Prospect prospect, TextAnswerConfig c) {
    c.vectors().check(prospect.spark().sessionState().newHadoopConf());
  }

  @Override
  public void run(Run run, TextAnswerConfig c) {
    try (CheckedTable pairs = run.read(tables(c).get(0));
        CheckedTable questions = run.read(tables(c).get(1))) {
      requireString(pairs, c.pairQuestion());
      requireString(questions, c.text());
      List<String> kept = kept(questions, c);
      long refused = refuse(run, questions, c.text(), c);
      refuse(run, pairs, c.pairQuestion(), c);
      Dataset<Row> readable = pairs.rows().filter(c.checks().rule(c.pairQuestion()).isNull());
      Column answer = ColumnNames.column(c.pairAnswer());
      run.refuse(pairs, readable.filter(answer.isNull()), "answer.present", "an answer");
      Dataset<Row> known =
          numbered(
              readable
                  .filter(answer.isNotNull())
                  .select(
                      ColumnNames.column(c.pairQuestion()).as("matched"),
                      answer.cast("string").as("answer")),
              NearestPairs.PAIR);
      Dataset<Row> asked =
          numbered(
              questions
                  .rows()
                  .filter(c.checks().rule(c.text()).isNull())
                  .select(askedColumns(kept, c.text())),
              NearestPairs.ASKED);
      try {
        if (known.isEmpty()) {
          throw Stop.contract("text.answer: no pair has both a question and an answer");
        }
        publish(run, c, kept, known, asked, questions, refused);
      } finally {
        known.unpersist();
        asked.unpersist();
      }
    }
  }

  private static void publish(
      Run run,
      TextAnswerConfig c,
      List<String> kept,
      Dataset<Row> known,
      Dataset<Row> asked,
      CheckedTable questions,
      long refused) {
    FittedVectors vectors =
        run.step(
            "fit " + c.vectors().describe(), () -> c.vectors().fit(known, "matched", c.analysis()));
    Dataset<Row> nearest =
        run.step(
            "find answers",
            () ->
                new NearestPairs(c.k(), Nearness.of(vectors, c.cosineShare()))
                    .find(
                        vectors
                            .append(asked.select(NearestPairs.ASKED, "asked"), "asked", VECTOR)
                            .select(NearestPairs.ASKED, VECTOR),
                        vectors
                            .append(known.select(NearestPairs.PAIR, "matched"), "matched", VECTOR)
                            .select(NearestPairs.PAIR, VECTOR)));
    try {
      run.publishTable(
          c.output(),
          CONTRACT,
          answers(asked, known, nearest, kept, c),
          written -> counts(run, written.get(), questions, refused));
    } finally {
      nearest.unpersist();
    }
  }

  /** A row for each good answer, and one without an answer for a question that has none. */
  private static Dataset<Row> answers(
      Dataset<Row> asked,
      Dataset<Row> known,
      Dataset<Row> nearest,
      List<String> kept,
      TextAnswerConfig c) {
    Column good = col("score").geq(c.atLeast());
    Dataset<Row> told =
        nearest
            .filter(good.or(col("rank").equalTo(1)))
            .join(known, NearestPairs.PAIR)
            .withColumn("found", good);
    List<Column> columns = new ArrayList<>();
    columns.add(col("asked"));
    columns.add(coalesce(col("rank"), lit(1L)).as("rank"));
    columns.add(coalesce(col("found"), lit(false)).as("found"));
    columns.add(coalesce(col("score"), lit(0.0)).as("score"));
    columns.add(col("matched"));
    columns.add(when(col("found"), col("answer")).as("answer"));
    kept.stream().filter(k -> !k.equals(c.text())).forEach(k -> columns.add(ColumnNames.column(k)));
    return asked
        .join(told, new String[] {NearestPairs.ASKED}, "left")
        .select(columns.toArray(Column[]::new));
  }

  private static RowCounts counts(
      Run run, Dataset<Row> written, CheckedTable questions, long refused) {
    List<Row> counted =
        written.filter(col("rank").equalTo(1)).groupBy("found").agg(count(lit(1))).collectAsList();
    long found = counted.stream().filter(r -> r.getBoolean(0)).mapToLong(r -> r.getLong(1)).sum();
    long all = counted.stream().mapToLong(r -> r.getLong(1)).sum();
    run.report()
        .table(
            new FactTable(
                "Questions",
                List.of("answered", "without a good answer"),
                List.of(List.of(String.valueOf(found), String.valueOf(all - found)))));
    return new RowCounts("question", questions.seen(), all, questions.rejected() + refused);
  }

  private static Column[] askedColumns(List<String> kept, String text) {
    return Stream.concat(
            Stream.of(ColumnNames.column(text).as("asked")),
            kept.stream().filter(k -> !k.equals(text)).map(k -> ColumnNames.column(k)))
        .toArray(Column[]::new);
  }

  private static List<String> kept(CheckedTable questions, TextAnswerConfig c) {
    List<String> kept =
        c.keep().isEmpty()
            ? questions.contract().keys().stream().findFirst().orElse(List.of())
            : c.keep();
    if (kept.stream().anyMatch(k -> MADE.contains(k) && !k.equals(c.text()))) {
      throw Stop.usage(
          "text.answer: kept are %s, but %s are columns that are made; rename them in the contract",
          kept, String.join(", ", MADE));
    }
    return kept;
  }

  private static void requireString(CheckedTable table, String column) {
    if (!(table.rows().schema().apply(column).dataType() instanceof StringType)) {
      throw Stop.usage(
          "text.answer: column %s of %s is no string in contract %s",
          column, table.name(), table.contract().id());
    }
  }

  private static long refuse(Run run, CheckedTable table, String text, TextAnswerConfig c) {
    long refused = 0;
    for (var accepted : c.checks().accepted().entrySet()) {
      refused +=
          run.refuse(
              table,
              table
                  .rows()
                  .filter(c.checks().rule(text).equalTo(accepted.getKey()))
                  .withColumn(text, Refused.shown(text)),
              accepted.getKey(),
              accepted.getValue());
    }
    return refused;
  }

  /** Rows in an order of their own contents, numbered from 0 by it, and cached. */
  private static Dataset<Row> numbered(Dataset<Row> rows, String number) {
    Column[] all =
        Arrays.stream(rows.columns()).map(c -> ColumnNames.column(c)).toArray(Column[]::new);
    List<StructField> fields = new ArrayList<>(List.of(rows.schema().fields()));
    fields.add(DataTypes.createStructField(number, DataTypes.LongType, false));
    StructType schema = DataTypes.createStructType(fields);
    return rows.sparkSession()
        .createDataFrame(
            rows.sort(all)
                .javaRDD()
                .zipWithIndex()
                .map(
                    both -> {
                      Object[] values = new Object[both._1().length() + 1];
                      for (int i = 0; i < values.length - 1; i++) {
                        values[i] = both._1().get(i);
                      }
                      values[values.length - 1] = both._2();
                      return RowFactory.create(values);
                    }),
            schema)
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}

package org.millrace.text;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Split;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Prospect;
import org.millrace.job.Run;
import org.millrace.language.FittedVectors;
import org.millrace.model.MeasuredMetric;
import org.millrace.model.ModelInfo;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.text.TextTrainConfig.FinalFit;
import org.millrace.text.classify.Candidate;
import org.millrace.text.classify.Classifier;
import org.millrace.text.classify.CrossValidation;
import org.millrace.text.classify.CrossValidation.Trial;
import org.millrace.text.classify.Examples;
import org.millrace.text.classify.LinearClassifier;
import org.millrace.text.classify.Measurement;
import org.millrace.text.classify.PlattFit;

/** Trains a classifier of texts and publishes it as a model. */
public final class TextTrain implements Job<TextTrainConfig> {

  @Override
  public String name() {
    return "text.train";
  }

  @Override
  public String summary() {
    return "train a classifier of texts: naive Bayes, linear SVM or logistic regression on vectors"
        + " of the texts";
  }

  @Override
  public Class<TextTrainConfig> config() {
    return TextTrainConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("examples: a contract of yours with a column of texts and one of classes");
  }

  @Override
  public List<String> outputs() {
    return List.of("a model of kind text: how texts become vectors, and the classifier");
  }

  @Override
  public List<NamedTable> tables(TextTrainConfig c) {
    List<String> columns = List.of(c.text(), c.label());
    return List.of(new NamedTable("examples", c.examples(), columns).judging(c.text()));
  }

  @Override
  public void check(Prospect prospect, TextTrainConfig c) {
    Configuration hadoop = prospect.spark().sessionState().newHadoopConf();
    for (Candidate candidate : c.candidates()) {
      candidate.vectors().check(hadoop);
    }
  }

  @Override
  public void run(Run run, TextTrainConfig c) {
    try (CheckedTable table = run.read(tables(c).get(0))) {
      TextExamples examples = TextExamples.of(run, table, c);
      Split split = examples.split(c);
      Dataset<Row> train = split.train().persist(StorageLevel.MEMORY_AND_DISK());
      Dataset<Row> test = split.test().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        requireBoth(train, test, examples.classes(), c.label());
        work(run, c, table, examples, train, test);
      } finally {
        train.unpersist();
        test.unpersist();
      }
    }
  }

  private static void requireBoth(
      Dataset<Row> train, Dataset<Row> test, List<String> classes, String label) {
    Set<Double> learnt =
        train.select(Examples.LABEL).distinct().collectAsList().stream()
            .map(row -> row.getDouble(0))
            .collect(toSet());
    for (int i = 0; i < classes.size(); i++) {
      if (!learnt.contains((double) i)) {
        throw Stop.contract(
            "text.train: class '%s' of column %s has no row to learn from, all of them are held out;"
                + " give it more rows, take it out of the table, or choose another holdout",
            classes.get(i), label);
      }
    }
    if (test.isEmpty()) {
      throw Stop.contract(
          "text.train: no row is held out to measure on; give it more rows, or a greater"
              + " holdout.share");
    }
  }

  private static void work(
      Run run,
      TextTrainConfig c,
      CheckedTable table,
      TextExamples examples,
      Dataset<Row> train,
      Dataset<Row> test) {
    int classes = examples.classes().size();
    CrossValidation folds = new CrossValidation(c.folds(), c.metric(), c.analysis());
    List<Trial> trials = run.step("choose", () -> folds.trials(train, classes, c.candidates()));
    Candidate best = folds.best(trials).candidate();
    TextModel measured = run.step("fit", () -> fit(train, examples, best, c));
    ClassificationTally tally = run.step("measure", () -> measure(measured, test));
    ClassificationTally naive = Measurement.ofShares(test, shares(train, classes));
    List<MeasuredMetric> quality =
        TextReport.tell(run.report(), c, trials, best, tally, naive, measured);
    TextModel published =
        c.finalFit() == FinalFit.TRAIN
            ? measured
            : run.step("fit on all", () -> fit(train.union(test), examples, best, c));
    ModelInfo info =
        run.modelInfo(
            table,
            c.seed(),
            quality,
            c.holdout().describe()
                + (c.finalFit() == FinalFit.TRAIN
                    ? " The published model was learnt without them."
                    : " The published model was learnt again from all rows."),
            TextReport.description(best, examples.classes(), c));
    Configuration hadoop = run.spark().sessionState().newHadoopConf();
    run.publishModel(
        TextModel.KIND, info, c.gate(), "write model", to -> published.write(to, hadoop));
  }

  private static TextModel fit(
      Dataset<Row> rows, TextExamples examples, Candidate best, TextTrainConfig c) {
    int classes = examples.classes().size();
    FittedVectors vectors = best.vectors().fit(rows, Examples.TEXT, c.analysis());
    Dataset<Row> vectorized =
        vectors
            .append(rows, Examples.TEXT, Examples.VECTOR)
            .drop(Examples.TEXT)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Classifier fitted = best.learner().fit(vectorized, classes, best.vectors());
      if (best.learner().needsSigmoids() && fitted instanceof LinearClassifier sums) {
        fitted =
            new LinearClassifier(
                sums.weights(),
                sums.intercepts(),
                PlattFit.fit(rows, c.folds(), classes, best, c.analysis()));
      }
      return new TextModel(c.text(), c.checks(), examples.classes(), vectors, fitted);
    } finally {
      vectorized.unpersist();
    }
  }

  private static ClassificationTally measure(TextModel model, Dataset<Row> rows) {
    return Measurement.of(
        model.vectors().append(rows, Examples.TEXT, Examples.VECTOR), model.classifier());
  }

  private static List<Double> shares(Dataset<Row> rows, int classes) {
    double[] counts = new double[classes];
    double all = 0;
    for (Row counted : rows.groupBy(col(Examples.LABEL)).agg(count(lit(1))).collectAsList()) {
      counts[(int) counted.getDouble(0)] = counted.getLong(1);
      all += counted.getLong(1);
    }
    List<Double> shares = new ArrayList<>();
    for (double counted : counts) {
      shares.add(counted / all);
    }
    return shares;
  }
}

package org.millrace.deep.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.millrace.outcome.Stop;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** One start of all ranks as a barrier stage. */
final class Attempt {
  private static final String INTERRUPT = "spark.job.interruptOnCancel";
  private static final ClassTag<String> STRINGS = ClassTag$.MODULE$.apply(String.class);

  private final SparkContext spark;
  private final int ranks;
  private final int patienceSeconds;

  /**
   * @param patienceSeconds how long ranks may go on when the first one has ended
   */
  Attempt(SparkContext spark, int ranks, int patienceSeconds) {
    this.spark = spark;
    this.ranks = ranks;
    this.patienceSeconds = patienceSeconds;
  }

  /** What an attempt may end with but outcomes: tasks that Spark lost. Its message is Spark's. */
  static final class LostTasks extends Exception {
    private static final long serialVersionUID = 1L;

    LostTasks(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static final class Body extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final RankTask task;

    Body(RankTask task) {
      this.task = task;
    }

    @Override
    public Iterator<String> apply(Iterator<Integer> rank) {
      return JavaConverters.asScalaIterator(Collections.singleton(task.run()).iterator());
    }
  }

  /**
   * Runs the ranks to their ends.
   *
   * @throws LostTasks where Spark could not run them all to the end
   */
  List<RankOutcome> run(RankTask task) throws LostTasks {
    String interrupt = spark.getLocalProperty(INTERRUPT);
    spark.setLocalProperty(INTERRUPT, "true");
    List<Integer> numbers = IntStream.range(0, ranks).boxed().toList();
    JavaRDD<Integer> rdd =
        JavaSparkContext.fromSparkContext(spark).parallelize(new ArrayList<>(numbers), ranks);
    RDD<String> barrier = rdd.rdd().barrier().mapPartitions(new Body(task), false, STRINGS);
    try {
      return wait(JavaRDD.fromRDD(barrier, STRINGS).collectAsync()).stream()
          .map(RankOutcome::of)
          .toList();
    } finally {
      spark.setLocalProperty(INTERRUPT, interrupt);
    }
  }

  private List<String> wait(JavaFutureAction<List<String>> job) throws LostTasks {
    long deadline = Long.MAX_VALUE;
    while (true) {
      try {
        return job.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (deadline == Long.MAX_VALUE && hasEnded(job)) {
          deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        }
        if (System.nanoTime() > deadline) {
          job.cancel(true);
          throw new LostTasks(
              "a rank ended, and another hung for %d s more".formatted(patienceSeconds), e);
        }
      } catch (ExecutionException e) {
        throw lost(e.getCause());
      } catch (InterruptedException e) {
        job.cancel(true);
        Thread.currentThread().interrupt();
        throw Stop.failed("the training was interrupted; a new start goes on from its checkpoint")
            .because(e);
      }
    }
  }

  private static LostTasks lost(Throwable thrown) {
    if (String.valueOf(thrown.getMessage()).contains("not serializable")) {
      throw new IllegalStateException(
          "what the ranks were to be given is not serializable", thrown);
    }
    return new LostTasks(reason(thrown), thrown);
  }

  /** Whether a task of the job has come to its end. */
  private boolean hasEnded(JavaFutureAction<List<String>> job) {
    SparkStatusTracker tracker = spark.statusTracker();
    return job.jobIds().stream()
        .map(id -> tracker.getJobInfo(id))
        .filter(Option::isDefined)
        .flatMapToInt(info -> IntStream.of(info.get().stageIds()))
        .mapToObj(tracker::getStageInfo)
        .anyMatch(info -> info.isDefined() && info.get().numCompletedTasks() > 0);
  }

  /** The sentence inside Spark's: what the lost task died of. */
  private static String reason(Throwable thrown) {
    String[] lines = String.valueOf(thrown.getMessage()).lines().toArray(String[]::new);
    for (int i = 0; i + 1 < lines.length; i++) {
      if (lines[i].contains("finished unsuccessfully")) {
        return lines[i + 1].strip();
      }
    }
    return lines[0];
  }
}

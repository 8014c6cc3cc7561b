package org.millrace.deep.train;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.CollectionAccumulator;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Brings rank 0's lines to a listener while the ranks train: they are an accumulator's elements,
 * which come with the executor's heartbeats ({@code spark.executor.heartbeatInterval}, 10 s).
 */
final class ProgressFeed extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final TrainingListener listener;
  private CollectionAccumulator<String> lines;
  private int toldOfAttempt;
  private int lastEpoch = -1;
  private long lastWindow = -1;

  ProgressFeed(SparkContext spark, TrainingListener listener) {
    this.spark = spark;
    this.listener = listener;
    spark.addSparkListener(this);
  }

  /** What the ranks of the next attempt write to. */
  synchronized CollectionAccumulator<String> nextAttempt() {
    lines = spark.collectionAccumulator("training progress");
    toldOfAttempt = 0;
    return lines;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        JavaConverters.seqAsJavaList(update.accumUpdates())) {
      JavaConverters.seqAsJavaList(task._4()).forEach(this::tell);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    JavaConverters.seqAsJavaList(end.taskInfo().accumulables().toSeq()).forEach(this::tell);
  }

  private synchronized void tell(AccumulableInfo info) {
    if (lines != null && info.id() == lines.id() && info.update().isDefined()) {
      tell((List<?>) info.update().get());
    }
  }

  /** An update holds all lines of the attempt so far. */
  private void tell(List<?> sent) {
    for (; toldOfAttempt < sent.size(); toldOfAttempt++) {
      tell(Progress.of((String) sent.get(toldOfAttempt)));
    }
  }

  private void tell(Progress progress) {
    if (progress.window() != null) {
      long place = (long) progress.window().epoch() << 32 | progress.window().step();
      if (place > lastWindow) {
        lastWindow = place;
        listener.window(progress.window());
      }
    } else if (progress.epoch().index() > lastEpoch) {
      lastEpoch = progress.epoch().index();
      listener.epoch(progress.epoch());
    }
  }

  /** Tells what has arrived with the tasks' results and not by heartbeat. */
  synchronized void finish() {
    tell(lines.value());
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}

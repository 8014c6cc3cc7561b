package org.millrace.risk.boost;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Communicator;
import ml.dmlc.xgboost4j.java.RabitTracker;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * One of the boosters of a barrier stage. The first one gives the model, which all of them come to.
 */
final class WorkerTask extends AbstractFunction1<Iterator<InternalRow>, Iterator<Boosted>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Workers wait no longer for one that hangs. */
  private static final int TIMEOUT_SECONDS = 300;

  private final BoostingPlan plan;
  private final boolean watching;
  private final int workers;
  private final int threads;

  WorkerTask(BoostingPlan plan, boolean watching, int workers, int threads) {
    this.plan = plan;
    this.watching = watching;
    this.workers = workers;
    this.threads = threads;
  }

  @Override
  public Iterator<Boosted> apply(Iterator<InternalRow> rows) {
    List<Boosted> model = boost(rows).map(List::of).orElse(List.of());
    return JavaConverters.asScalaIterator(model.iterator());
  }

  private Optional<Boosted> boost(Iterator<InternalRow> rows) {
    BarrierTaskContext context = BarrierTaskContext.get();
    int rank = context.partitionId();
    Packs packs = Packs.of(JavaConverters.asJavaIterator(rows), plan.width());
    try {
      return group(context, rank, packs);
    } catch (XGBoostError e) {
      throw new IllegalStateException(
          "worker %d of gradient boosting: %s".formatted(rank, e.getMessage()), e);
    } finally {
      packs.close();
    }
  }

  private Optional<Boosted> group(BarrierTaskContext context, int rank, Packs packs)
      throws XGBoostError {
    RabitTracker tracker = null;
    String address = "";
    try {
      if (rank == 0) {
        String host = context.getTaskInfos()[0].address();
        tracker =
            new RabitTracker(workers, host.substring(0, host.lastIndexOf(':')), 0, TIMEOUT_SECONDS);
        tracker.start();
        Map<String, Object> where = tracker.getWorkerArgs();
        address = where.get("dmlc_tracker_uri") + " " + where.get("dmlc_tracker_port");
      }
      String[] met = context.allGather(address)[0].split(" ", 2);
      Map<String, Object> group = new TreeMap<>();
      group.put("dmlc_tracker_uri", met[0]);
      group.put("dmlc_tracker_port", Integer.valueOf(met[1]));
      group.put("dmlc_task_id", "%08d".formatted(rank));
      group.put("dmlc_timeout", TIMEOUT_SECONDS);
      Communicator.init(group);
      Boosted boosted = Packs.boost(List.of(packs), plan, watching, threads);
      Communicator.shutdown();
      return rank == 0 ? Optional.of(boosted) : Optional.empty();
    } finally {
      if (tracker != null) {
        tracker.stop();
      }
    }
  }
}

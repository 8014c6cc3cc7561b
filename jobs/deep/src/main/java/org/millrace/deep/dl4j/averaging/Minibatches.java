package org.millrace.deep.dl4j.averaging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;
import org.millrace.deep.dl4j.Minibatch;
import org.millrace.deep.net.Task;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Reads the minibatches of a path from the examples that were written once: DL4J's export, without
 * a second copy of the data. A rank's examples stay open from round to round in the process that
 * reads them.
 */
final class Minibatches implements MultiDataSetLoader {
  private static final long serialVersionUID = 1L;
  private static final Map<String, BatchSource> OPEN = new ConcurrentHashMap<>();

  private final String training;
  private final Batches batches;
  private final Task task;

  /**
   * @param training tells its open examples from those of another in the same process
   */
  Minibatches(String training, Batches batches, Task task) {
    this.training = training;
    this.batches = batches;
    this.task = task;
  }

  @Override
  public MultiDataSet load(Source source) {
    MinibatchName name = MinibatchName.of(source.getPath());
    BatchSource open =
        OPEN.computeIfAbsent(
            "%s/%d".formatted(training, name.rank()), key -> batches.open(name.rank()));
    synchronized (open) { // A second copy of a slow task may run beside it.
      return Minibatch.of(open.batch(name.epoch(), name.step()), task);
    }
  }

  /** Closes what is open in this process. */
  static void close(String training) {
    OPEN.keySet().stream()
        .filter(key -> key.startsWith(training + "/"))
        .map(OPEN::remove)
        .filter(source -> source != null)
        .forEach(BatchSource::close);
  }
}

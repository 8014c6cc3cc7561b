package org.millrace.deep.dl4j.averaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.train.Evaluation;
import org.millrace.deep.train.Replica;
import org.millrace.deep.train.TaskSlot;

/**
 * Evaluates one rank's validation rows on an executor.
 *
 * @param state as the driver's replica saved it
 */
record RankEvaluation(
    Dl4jEngine engine, Batches validation, boolean classes, Broadcast<byte[]> state)
    implements Function<Integer, Evaluation.Sums> {

  @Override
  public Evaluation.Sums call(Integer rank) throws IOException {
    try (Replica replica = engine.replica(TaskSlot.of(TaskContext.get()));
        BatchSource source = validation.open(rank)) {
      replica.load(new ByteArrayInputStream(state.value()));
      return Evaluation.Sums.of(replica, source, validation.steps(), classes);
    }
  }
}

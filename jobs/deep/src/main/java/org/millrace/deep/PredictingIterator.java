package org.millrace.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchBuffer;
import org.millrace.deep.data.Encoded;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.data.RowEncoder;
import org.millrace.deep.train.Replica;

/** Encodes rows and lets a replica predict them, a batch at a time: no partition is held. */
final class PredictingIterator implements Iterator<Prediction> {
  private static final float[] NONE = {};

  private final Iterator<Row> rows;
  private final RowEncoder encoder;
  private final BatchBuffer buffer;
  private final int targets;
  private final Replica replica;
  private Iterator<Prediction> ready = List.<Prediction>of().iterator();

  private PredictingIterator(
      Iterator<Row> rows, RowEncoder encoder, BatchBuffer buffer, int targets, Replica replica) {
    this.rows = rows;
    this.encoder = encoder;
    this.buffer = buffer;
    this.targets = targets;
    this.replica = replica;
  }

  /**
   * Predicts a task's rows.
   *
   * @param labelled whether the rows have a label to read
   */
  static Iterator<Prediction> of(
      Iterator<Row> rows, StructType schema, NetworkModel.Shipped model, boolean labelled) {
    Encoding encoding = model.encoding();
    Replica replica = model.borrow();
    TaskCompletionListener end = context -> model.giveBack(replica);
    TaskContext.get().addTaskCompletionListener(end);
    return new PredictingIterator(
        rows,
        new RowEncoder(encoding, schema, labelled),
        labelled
            ? BatchBuffer.labelled(encoding, model.batchSize())
            : BatchBuffer.unlabelled(encoding, model.batchSize()),
        labelled ? encoding.label().targets() : 0,
        replica);
  }

  @Override
  public boolean hasNext() {
    if (!ready.hasNext()) {
      ready = next(new ArrayList<>()).iterator();
    }
    return ready.hasNext();
  }

  @Override
  public Prediction next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private List<Prediction> next(List<Prediction> predictions) {
    List<Row> seen = new ArrayList<>();
    List<Encoded> encoded = new ArrayList<>();
    buffer.clear();
    while (rows.hasNext() && !buffer.isFull()) {
      Row row = rows.next();
      Encoded result = encoder.encode(row);
      seen.add(row);
      encoded.add(result);
      if (result instanceof Encoded.Example example) {
        buffer.add(example);
      }
    }
    Batch batch = buffer.batch();
    float[][] outputs = buffer.isEmpty() ? new float[0][] : replica.predict(batch);
    int at = 0;
    for (int i = 0; i < seen.size(); i++) {
      boolean refused = encoded.get(i) instanceof Encoded.Refused;
      float[] truth =
          refused ? NONE : Arrays.copyOfRange(batch.targets(), at * targets, (at + 1) * targets);
      predictions.add(
          new Prediction(seen.get(i), encoded.get(i), truth, refused ? NONE : outputs[at++]));
    }
    return predictions;
  }
}

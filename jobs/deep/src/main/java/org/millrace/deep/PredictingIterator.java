package org.millrace.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
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

  private final Iterator<Seen> rows;
  private final BatchBuffer buffer;
  private final int targets;
  private final Replica replica;
  private Iterator<Prediction> ready = List.<Prediction>of().iterator();

  private PredictingIterator(
      Iterator<Seen> rows, BatchBuffer buffer, int targets, Replica replica) {
    this.rows = rows;
    this.buffer = buffer;
    this.targets = targets;
    this.replica = replica;
  }

  /** What is predicted: a row, null where only its example is known, and what was made of it. */
  private record Seen(Row row, Encoded encoded) {}

  /** Makes something to predict of each thing, when its turn comes. */
  private record Each<T>(Iterator<T> things, Function<T, Seen> seen) implements Iterator<Seen> {
    @Override
    public boolean hasNext() {
      return things.hasNext();
    }

    @Override
    public Seen next() {
      return seen.apply(things.next());
    }
  }

  /**
   * Predicts a task's rows.
   *
   * @param labelled whether the rows have a label to read
   */
  static Iterator<Prediction> of(
      Iterator<Row> rows, StructType schema, NetworkModel.Shipped model, boolean labelled) {
    RowEncoder encoder = new RowEncoder(model.encoding(), schema, labelled);
    return of(new Each<>(rows, row -> new Seen(row, encoder.encode(row))), model, labelled);
  }

  /** Predicts a task's examples, which have labels; the predictions have no rows. */
  static Iterator<Prediction> of(Iterator<Encoded.Example> examples, NetworkModel.Shipped model) {
    return of(new Each<>(examples, example -> new Seen(null, example)), model, true);
  }

  private static Iterator<Prediction> of(
      Iterator<Seen> rows, NetworkModel.Shipped model, boolean labelled) {
    Encoding encoding = model.encoding();
    Replica replica = model.borrow();
    TaskCompletionListener end = context -> model.giveBack(replica);
    TaskContext.get().addTaskCompletionListener(end);
    return new PredictingIterator(
        rows,
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
    List<Seen> seen = new ArrayList<>();
    buffer.clear();
    while (rows.hasNext() && !buffer.isFull()) {
      Seen next = rows.next();
      seen.add(next);
      if (next.encoded() instanceof Encoded.Example example) {
        buffer.add(example);
      }
    }
    Batch batch = buffer.batch();
    float[][] outputs = buffer.isEmpty() ? new float[0][] : replica.predict(batch);
    int at = 0;
    for (Seen each : seen) {
      boolean refused = each.encoded() instanceof Encoded.Refused;
      float[] truth =
          refused ? NONE : Arrays.copyOfRange(batch.targets(), at * targets, (at + 1) * targets);
      predictions.add(
          new Prediction(each.row(), each.encoded(), truth, refused ? NONE : outputs[at++]));
    }
    return predictions;
  }
}

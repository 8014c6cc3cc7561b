package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Fills a batch with examples; its arrays are made once. For one thread. */
public final class BatchBuffer {
  private final Encoding encoding;
  private final RecordLayout layout;
  private final Optional<Augmenter> augmenter;
  private final List<ValueReader> readers;
  private final List<Batch.Input> inputs = new ArrayList<>();
  private final float[] targets;
  private final float[] weights;
  private final int capacity;
  private int rows;

  /** For rows that are measured: with labels, and as they are. */
  public static BatchBuffer labelled(Encoding encoding, int capacity) {
    return new BatchBuffer(encoding, true, capacity, Augmentation.NONE);
  }

  /** For rows that are scored: without labels. */
  public static BatchBuffer unlabelled(Encoding encoding, int capacity) {
    return new BatchBuffer(encoding, false, capacity, Augmentation.NONE);
  }

  BatchBuffer(Encoding encoding, boolean labelled, int capacity, Augmentation augmentation) {
    this.encoding = encoding;
    this.layout = RecordLayout.of(encoding, labelled);
    this.capacity = capacity;
    this.targets = new float[capacity * layout.targets()];
    this.weights = new float[capacity];
    Arrays.fill(weights, 1);
    this.readers = encoding.inputs().stream().map(FittedInput::reader).toList();
    for (FittedInput input : encoding.inputs()) {
      boolean hasLength = RecordLayout.hasLength(input.shape());
      float[] values = new float[Math.multiplyExact(capacity, input.shape().size())];
      int[] lengths = hasLength ? new int[capacity] : null;
      inputs.add(new Batch.Input(input.name(), input.shape(), values, lengths));
    }
    this.augmenter =
        augmentation.equals(Augmentation.NONE)
            ? Optional.empty()
            : Optional.of(new Augmenter(augmentation));
  }

  /** Begins the next batch in the same arrays. */
  public void clear() {
    rows = 0;
  }

  public boolean isFull() {
    return rows == capacity;
  }

  public boolean isEmpty() {
    return rows == 0;
  }

  /** Adds an example to a batch that is not full. */
  public void add(Encoded.Example example) {
    add(ByteBuffer.wrap(example.record()).order(ByteOrder.LITTLE_ENDIAN), 0);
  }

  /**
   * Adds the record that begins at 0.
   *
   * @param seed of how the example is changed, where examples are
   */
  void add(ByteBuffer record, long seed) {
    for (int i = 0; i < inputs.size(); i++) {
      Batch.Input input = inputs.get(i);
      record.position(layout.starts().get(i));
      if (input.lengths() != null) {
        input.lengths()[rows] = record.getInt();
      }
      int from = rows * input.shape().size();
      if (augmenter.isPresent()
          && readers.get(i) instanceof ImageReader images
          && encoding.inputs().get(i).input() instanceof Input.Image image) {
        augmenter.get().begin(image, seed + i);
        images.read(record, input.values(), from, augmenter);
      } else {
        readers.get(i).read(record, input.values(), from);
      }
    }
    for (int i = 0; i < layout.targets(); i++) {
      targets[rows * layout.targets() + i] =
          record.getFloat(layout.targetStart() + i * Float.BYTES);
    }
    if (layout.targets() > 0) {
      weights[rows] = encoding.label().weight(targets[rows * layout.targets()]);
    }
    rows++;
  }

  /** The examples since {@link #clear}. */
  public Batch batch() {
    return new Batch(rows, inputs, targets, weights);
  }
}

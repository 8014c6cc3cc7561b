package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.deep.net.Shape;
import org.millrace.outcome.Stop;

/** Learns of the training rows what is needed in order to encode rows. */
public final class EncodingFitter {
  private final Dataset<Row> rows;

  /**
   * @param rows the training rows; gone over once for each input or label that is standardized,
   *     each vocabulary and the classes, so best cached
   */
  public EncodingFitter(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * Fits inputs and label.
   *
   * @param inputs by the names of the network's inputs
   * @throws Stop exit 2 where a column is absent or does not suit, exit 3 where the rows teach
   *     nothing: one class, too many classes, no word, no number
   */
  public Encoding fit(List<NamedInput> inputs, Label label) {
    return new Encoding(
        inputs.stream().map(i -> input(i.name(), i.input())).toList(),
        new LabelFitter(rows).fit(label));
  }

  private FittedInput input(String name, Input input) {
    if (input instanceof Input.Image image) {
      return new FittedInput.Images(name, image);
    } else if (input instanceof Input.Text text) {
      return new FittedInput.Texts(name, text, vocabulary(text));
    } else if (input instanceof Input.Sequence sequence) {
      Standardization none = Standardization.none(sequence.features());
      FittedInput plain = new FittedInput.Sequences(name, sequence, none);
      return sequence.standardize()
          ? new FittedInput.Sequences(name, sequence, standardization(rows, plain))
          : plain;
    } else if (input instanceof Input.Audio audio) {
      Standardization none = Standardization.none(audio.cepstrum().coefficients());
      if (!audio.standardize()) {
        return new FittedInput.Sounds(name, audio, none);
      }
      // As a sequence it says how many of its frames are real.
      Input.Audio sequence =
          new Input.Audio(
              audio.column(),
              audio.sampleRate(),
              audio.frames(),
              audio.cepstrum(),
              Input.Form.SEQUENCE,
              false);
      FittedInput plain = new FittedInput.Sounds(name, sequence, none);
      return new FittedInput.Sounds(name, audio, standardization(rows, plain));
    }
    Input.Numbers numbers = (Input.Numbers) input;
    Standardization none = Standardization.none(numbers.columns().size());
    FittedInput plain = new FittedInput.Numbers(name, numbers, none);
    return numbers.standardize()
        ? new FittedInput.Numbers(name, numbers, standardization(rows, plain))
        : plain;
  }

  private Vocabulary vocabulary(Input.Text text) {
    if (text.words() instanceof Words.Stored stored) {
      return new VocabularyFile(new Path(stored.path()))
          .read(rows.sparkSession().sessionState().newHadoopConf());
    }
    Words.Fitted fitted = (Words.Fitted) text.words();
    return new VocabularyBuilder(text.analysis(), fitted).build(rows, text.column());
  }

  /** Over what {@code plain} encodes; rows of which it makes nothing do not count. */
  private static Standardization standardization(Dataset<Row> rows, FittedInput plain) {
    StructType schema = rows.schema();
    plain.encoder(schema); // Columns that do not suit are found out here.
    List<Moments> parts =
        rows.javaRDD()
            .mapPartitions(part -> List.of(moments(part, plain, schema)).iterator())
            .collect();
    return merged(parts, String.join(", ", plain.input().columns()));
  }

  /** In the order of the partitions, so that the same rows give the same sums. */
  static Standardization merged(List<Moments> parts, String columns) {
    Moments all = parts.stream().reduce(Moments::merge).orElseThrow();
    if (all.rows() == 0) {
      throw Stop.contract("no training row has usable numbers in %s", columns);
    }
    return all.standardization();
  }

  private static Moments moments(
      java.util.Iterator<Row> rows, FittedInput plain, StructType schema) {
    Encoder encoder = plain.encoder(schema);
    boolean sequence = plain.shape() instanceof Shape.Sequence;
    int features = plain.shape() instanceof Shape.Sequence s ? s.features() : plain.shape().size();
    ByteBuffer record =
        ByteBuffer.allocate(plain.bytes() + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[plain.shape().size()];
    Moments moments = new Moments(features);
    while (rows.hasNext()) {
      try {
        encoder.encode(rows.next(), record.clear());
        record.rewind();
        int steps = sequence ? record.getInt() : 1;
        record.asFloatBuffer().get(values, 0, steps * features);
        for (int step = 0; step < steps; step++) {
          moments.add(values, step * features);
        }
      } catch (RefusedException e) {
        // It is refused again, and counted, when the rows are encoded.
      }
    }
    return moments;
  }
}

package org.millrace.risk;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.features.InternalEncoder;
import org.millrace.risk.features.RowEncoder;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Predictor;
import org.millrace.risk.time.TimeOptions;
import org.millrace.risk.time.Undo;

/**
 * A trained model: all that is needed to score a row of a table.
 *
 * @param correction of the probabilities for what resampling or weighting did to the prior
 * @param calibration of the corrected probabilities
 * @param decision from which probability on rows of a binary task are selected
 * @param timeSeries how the history of a row becomes features of it; absent where it does not
 */
public record RiskModel(
    RowEncoder encoder,
    Predictor predictor,
    Link link,
    FittedLabel label,
    Optional<Adjustment> correction,
    Optional<Adjustment> calibration,
    Optional<Decision> decision,
    Optional<TimeOptions> timeSeries) {

  /** The kind of the models of this family. */
  public static final String KIND = "risk";

  /** The same with another predictor of the same outputs. */
  RiskModel with(Predictor other) {
    return new RiskModel(
        encoder, other, link, label, correction, calibration, decision, timeSeries);
  }

  /** The same with a threshold. */
  RiskModel with(Optional<Decision> threshold) {
    return new RiskModel(
        encoder, predictor, link, label, correction, calibration, threshold, timeSeries);
  }

  /**
   * The model as a function of rows that have all columns of its encoder; of time series, of rows
   * with their history.
   */
  public Scorer scorer(StructType schema) {
    List<Adjustment> adjustments =
        List.of(correction, calibration).stream().flatMap(Optional::stream).toList();
    return new Scorer(
        encoder,
        schema,
        predictor,
        link,
        adjustments.toArray(Adjustment[]::new),
        timeSeries.map(options -> new Undo(options, schema)).orElse(null));
  }

  /** The columns that a table must have to be scored. */
  List<String> columns() {
    if (timeSeries.isEmpty()) {
      return encoder.columns();
    }
    List<String> made = timeSeries.get().names(label.column());
    return Stream.of(timeSeries.get().named(), List.of(label.column()), encoder.columns())
        .flatMap(List::stream)
        .filter(column -> !made.contains(column))
        .distinct()
        .toList();
  }

  /**
   * Scores one row after the other. It travels to executors by Java serialization; each task uses
   * one of its own, since the arrays that it gives are filled again by the next row.
   */
  public static final class Scorer implements Serializable {
    private static final long serialVersionUID = 1L;
    private final RowEncoder encoders;
    private final StructType schema;
    private final RowEncoder.Bound encoder;
    private final Predictor predictor;
    private final Link link;
    private final Adjustment[] adjustments;
    private final float[] encoded;
    private final double[] raw;
    private final double[] said;
    // Java cannot serialize Optional; null where nothing is to be undone.
    private final Undo undo;

    private Scorer(
        RowEncoder encoders,
        StructType schema,
        Predictor predictor,
        Link link,
        Adjustment[] adjustments,
        Undo undo) {
      this.undo = undo;
      this.encoders = encoders;
      this.schema = schema;
      this.encoder = encoders.bind(schema);
      this.predictor = predictor;
      this.link = link;
      this.adjustments = adjustments;
      this.encoded = new float[encoder.size()];
      this.raw = new double[predictor.outputs()];
      this.said = new double[raw.length];
    }

    /** Scores a row: afterwards {@link #encoded}, {@link #raw} and {@link #said} are of it. */
    public void score(Row row) {
      encoder.encode(row, encoded);
      predictor.raw(encoded, raw);
      link.apply(raw, said);
      for (Adjustment adjustment : adjustments) {
        adjustment.adjust(said);
      }
      if (undo != null) {
        undo.apply(row, said);
      }
    }

    /**
     * Scores several rows at once, as Spark itself holds them, which is cheaper a row.
     *
     * @param block filled; at least as large as there are rows
     */
    void score(List<InternalRow> rows, Block block) {
      for (int r = 0; r < rows.size(); r++) {
        block.encoder().encode(rows.get(r), block.encoded()[r]);
      }
      predictor.raw(block.encoded(), rows.size(), block.raw());
      for (int r = 0; r < rows.size(); r++) {
        link.apply(block.raw()[r], block.said()[r]);
        for (Adjustment adjustment : adjustments) {
          adjustment.adjust(block.said()[r]);
        }
        if (undo != null) {
          undo.apply(rows.get(r), block.said()[r]);
        }
      }
    }

    /** Room for rows that are scored at once, in the task that scores them. */
    Block block(int rows) {
      return new Block(
          new InternalEncoder(encoders, schema),
          new float[rows][encoded.length],
          new double[rows][raw.length],
          new double[rows][raw.length]);
    }

    /** The encoded row. */
    public float[] encoded() {
      return encoded;
    }

    /** Scores before the link function. */
    public double[] raw() {
      return raw;
    }

    /** The probability of the positive class, one of each class, or the value. */
    public double[] said() {
      return said;
    }
  }

  /** Rows that were scored at once; each array has a row's numbers as {@link Scorer} tells them. */
  @SuppressWarnings("ArrayRecordComponent") // Filled again and again, and never compared.
  record Block(InternalEncoder encoder, float[][] encoded, double[][] raw, double[][] said) {}
}

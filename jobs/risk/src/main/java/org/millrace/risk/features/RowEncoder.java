package org.millrace.risk.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.model.FeatureMap;

/**
 * Turns rows of a table into encoded rows: a plain function of one row that travels to executors by
 * Java serialization.
 *
 * @param encoders in the order of the encoded row
 */
public record RowEncoder(List<ColumnEncoder> encoders) implements Serializable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  public RowEncoder {
    encoders = List.copyOf(encoders);
  }

  /** What stands where in an encoded row. */
  public FeatureMap features() {
    return new FeatureMap(encoders.stream().flatMap(e -> e.features().stream()).toList());
  }

  /** The columns that a table must have. */
  public List<String> columns() {
    return encoders.stream().map(ColumnEncoder::column).distinct().toList();
  }

  /** Levels of a column that get a feature each. */
  public Set<String> levels(String column) {
    return encoders.stream()
        .filter(e -> e.column().equals(column))
        .flatMap(e -> e.levels().stream())
        .collect(Collectors.toSet());
  }

  /** It, ready for rows of a schema that has all {@link #columns()}. */
  public Bound bind(StructType schema) {
    ColumnEncoder[] each = encoders.toArray(ColumnEncoder[]::new);
    int[] columns = new int[each.length];
    int[] starts = new int[each.length];
    int at = 0;
    for (int e = 0; e < each.length; e++) {
      columns[e] = schema.fieldIndex(each[e].column());
      starts[e] = at;
      at += each[e].features().size();
    }
    return new Bound(each, columns, starts, at);
  }

  /** An encoder that knows where the columns stand. */
  public static final class Bound implements Serializable {
    private static final long serialVersionUID = 1L;
    private final ColumnEncoder[] encoders;
    private final int[] columns;
    private final int[] starts;
    private final int size;

    private Bound(ColumnEncoder[] encoders, int[] columns, int[] starts, int size) {
      this.encoders = encoders;
      this.columns = columns;
      this.starts = starts;
      this.size = size;
    }

    /** The length of an encoded row. */
    public int size() {
      return size;
    }

    /**
     * Encodes a row.
     *
     * @param encoded filled; of {@link #size()}
     */
    public void encode(Row row, float[] encoded) {
      for (int e = 0; e < encoders.length; e++) {
        encoders[e].encode(row.get(columns[e]), encoded, starts[e]);
      }
    }
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #toJson} wrote
   */
  static RowEncoder of(String json) {
    try {
      return JSON.readValue(json, RowEncoder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an encoder: " + e.getOriginalMessage(), e);
    }
  }
}

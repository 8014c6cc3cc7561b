package org.millrace.deep.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/** A label with all that was learnt of the training rows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FittedLabel.Classes.class, name = "classes"),
  @JsonSubTypes.Type(value = FittedLabel.Numbers.class, name = "numbers"),
})
public sealed interface FittedLabel extends Serializable {

  /** The columns that hold it. */
  List<String> columns();

  /** Numbers of one example: 1 for a class, which is its index. */
  int targets();

  /** Outputs that a network needs for it. */
  int outputs();

  /** How much an example counts in the loss. */
  float weight(float firstTarget);

  /** For rows of that schema. */
  Encoder encoder(StructType schema);

  /**
   * Classes.
   *
   * @param classes by their index, sorted
   * @param weights of each
   */
  record Classes(String column, List<String> classes, List<Double> weights) implements FittedLabel {
    public Classes {
      classes = List.copyOf(classes);
      weights = List.copyOf(weights);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int targets() {
      return 1;
    }

    @Override
    public int outputs() {
      return classes.size();
    }

    @Override
    public float weight(float firstTarget) {
      return weights.get((int) firstTarget).floatValue();
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new ClassEncoder(this, schema);
    }
  }

  /** Numbers with their moments. */
  record Numbers(List<String> columns, int count, Standardization standardization)
      implements FittedLabel {
    public Numbers {
      columns = List.copyOf(columns);
    }

    @Override
    public int targets() {
      return count;
    }

    @Override
    public int outputs() {
      return count;
    }

    @Override
    public float weight(float firstTarget) {
      return 1;
    }

    @Override
    public Encoder encoder(StructType schema) {
      return new TargetEncoder(this, schema);
    }
  }
}

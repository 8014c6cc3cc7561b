package org.millrace.risk.features;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.millrace.risk.model.FeatureMap.Feature;

/** Turns the value of a column into features, as it was fitted on the training rows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NumberEncoder.class, name = "number"),
  @JsonSubTypes.Type(value = BooleanEncoder.class, name = "boolean"),
  @JsonSubTypes.Type(value = OneHotEncoder.class, name = "one-hot"),
  @JsonSubTypes.Type(value = FrequencyEncoder.class, name = "frequency"),
  @JsonSubTypes.Type(value = TargetEncoder.class, name = "target"),
  @JsonSubTypes.Type(value = TimeEncoder.class, name = "time"),
  @JsonSubTypes.Type(value = TextEncoder.class, name = "text")
})
sealed interface ColumnEncoder extends Serializable
    permits NumberEncoder,
        BooleanEncoder,
        OneHotEncoder,
        FrequencyEncoder,
        TargetEncoder,
        TimeEncoder,
        TextEncoder {

  /** The column that it reads. */
  String column();

  /** Levels that get a feature each. */
  default Set<String> levels() {
    return Set.of();
  }

  /** What it writes. */
  List<Feature> features();

  /**
   * Writes its features.
   *
   * @param value as Spark's rows hold it; null where it is missing
   * @param row an encoded row
   * @param at where the first of its features stands
   */
  void encode(Object value, float[] row, int at);
}

package org.millrace.deep.data;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;
import org.millrace.outcome.Stop;

/** Learns classes and moments of the label from the training rows. */
final class LabelFitter {
  private final Dataset<Row> rows;

  LabelFitter(Dataset<Row> rows) {
    this.rows = rows;
  }

  FittedLabel fit(Label label) {
    return label instanceof Label.Classes classes
        ? classes(classes)
        : numbers((Label.Numbers) label);
  }

  private FittedLabel classes(Label.Classes label) {
    var unused =
        new FittedLabel.Classes(label.column(), List.of(), List.of())
            .encoder(rows.schema()); // Columns that do not suit are found out here.
    Fields field = new Fields(rows.schema(), List.of(label.column()));
    boolean numeric = field.type(0) instanceof NumericType;
    TreeMap<String, Long> counts =
        new TreeMap<>(
            numeric ? Comparator.comparing(BigDecimal::new) : Comparator.<String>naturalOrder());
    List<Row> counted =
        rows.filter(ColumnNames.column(label.column()).isNotNull())
            .groupBy(ColumnNames.column(label.column()))
            .count()
            .limit(label.maximum() + 1)
            .collectAsList();
    counted.forEach(row -> counts.put(row.get(0).toString(), row.getLong(1)));
    if (counts.size() < 2 || counts.size() > label.maximum()) {
      throw Stop.contract(
          "column %s has %s in the training rows%s; accepted: 2 to %d classes",
          label.column(),
          counts.size() > label.maximum()
              ? "more than %d different values".formatted(label.maximum())
              : counts.size() + " different values",
          counts.isEmpty() ? "" : ", such as " + counts.firstKey(),
          label.maximum());
    }
    return new FittedLabel.Classes(
        label.column(), List.copyOf(counts.keySet()), weights(label, counts));
  }

  private static List<Double> weights(Label.Classes label, Map<String, Long> counts) {
    if (label.weights() instanceof Label.ClassWeights.Given given) {
      for (String name : given.weights().keySet()) {
        if (!counts.containsKey(name)) {
          throw Stop.usage(
              "class weights name '%s', but column %s has the classes %s",
              name,
              label.column(),
              counts.keySet().stream().limit(20).collect(Collectors.joining(", ")));
        }
      }
      return counts.keySet().stream().map(c -> given.weights().getOrDefault(c, 1.0)).toList();
    }
    if (label.weights() instanceof Label.ClassWeights.Balanced) {
      double all = counts.values().stream().mapToLong(n -> n).sum();
      return counts.values().stream().map(n -> all / (counts.size() * n)).toList();
    }
    return counts.values().stream().map(n -> 1.0).toList();
  }

  private FittedLabel numbers(Label.Numbers label) {
    FittedLabel.Numbers plain =
        new FittedLabel.Numbers(
            label.columns(), label.count(), Standardization.none(label.count()));
    StructType schema = rows.schema();
    plain.encoder(schema); // Columns that do not suit are found out here.
    if (!label.standardize()) {
      return plain;
    }
    List<Moments> parts =
        rows.javaRDD()
            .mapPartitions(part -> List.of(moments(part, plain, schema)).iterator())
            .collect();
    return new FittedLabel.Numbers(
        label.columns(),
        label.count(),
        EncodingFitter.merged(parts, String.join(", ", label.columns())));
  }

  private static Moments moments(Iterator<Row> rows, FittedLabel.Numbers plain, StructType schema) {
    Encoder encoder = plain.encoder(schema);
    float[] values = new float[plain.count()];
    ByteBuffer record =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Moments moments = new Moments(values.length);
    while (rows.hasNext()) {
      try {
        encoder.encode(rows.next(), record.clear());
        record.rewind().asFloatBuffer().get(values);
        moments.add(values, 0);
      } catch (RefusedException e) {
        // It is refused again, and counted, when the rows are encoded.
      }
    }
    return moments;
  }
}

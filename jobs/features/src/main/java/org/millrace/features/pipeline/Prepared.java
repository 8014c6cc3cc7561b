package org.millrace.features.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.ColumnNames;

/** What a pipeline's steps ask of a table. */
public final class Prepared {
  private Prepared() {}

  /** The table as steps read it: numbers and truth values as double; texts stay as they are. */
  public static Dataset<Row> numbers(Dataset<Row> rows, List<String> read) {
    Dataset<Row> prepared = rows;
    for (String column : read) {
      if (isNumber(rows.schema().apply(column).dataType())) {
        Column number = ColumnNames.column(column).cast(DataTypes.DoubleType);
        prepared = prepared.withColumn(column, number);
      }
    }
    return prepared;
  }

  /** Columns of the table that the steps read. */
  public static List<String> readOf(StructType schema, List<Stage> stages) {
    Set<String> read = new LinkedHashSet<>();
    stages.forEach(s -> read.addAll(s.columns()));
    read.retainAll(List.of(schema.fieldNames()));
    return List.copyOf(read);
  }

  /** Columns of the table that must not be missing, as steps read them that take whole vectors. */
  public static List<String> required(StructType schema, List<Stage> stages) {
    List<Stage> complete =
        stages.stream().filter(s -> s.reads() == Stage.Reads.COMPLETE_NUMBERS).toList();
    return readOf(schema, complete);
  }

  /** What is wrong with steps on a table; empty where nothing is. */
  public static List<String> problems(StructType schema, List<Stage> stages) {
    List<String> problems = new ArrayList<>();
    Set<String> made = new LinkedHashSet<>();
    Set<String> numbers = new LinkedHashSet<>();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      String name = "step %d (%s)".formatted(i + 1, stage.getClass().getSimpleName());
      for (String column : stage.columns()) {
        boolean ofTable = List.of(schema.fieldNames()).contains(column);
        if (!ofTable && !made.contains(column)) {
          problems.add(
              name + " reads column " + column + ", which neither the table nor a step before has");
        } else if (ofTable && !suits(schema.apply(column).dataType(), stage.reads())) {
          problems.add(
              "%s cannot read column %s of type %s"
                  .formatted(name, column, schema.apply(column).dataType().sql()));
        } else if (!ofTable && !numbers.contains(column) && needsPlain(stage.reads())) {
          problems.add(
              "%s cannot read column %s, which a step makes a vector".formatted(name, column));
        }
      }
      for (String output : stage.outputs()) {
        // Spark does not tell names apart that differ in case alone.
        String there =
            Stream.concat(Stream.of(schema.fieldNames()), made.stream())
                .filter(output::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
        if (there != null) {
          problems.add(name + " makes column " + output + ", which is there already as " + there);
        }
        made.add(output);
        if (stage instanceof Impute || stage instanceof Index || stage instanceof Bucket) {
          numbers.add(output);
        }
      }
    }
    return problems;
  }

  private static boolean needsPlain(Stage.Reads reads) {
    return reads != Stage.Reads.COMPLETE_NUMBERS;
  }

  private static boolean suits(DataType type, Stage.Reads reads) {
    boolean number = isNumber(type);
    return switch (reads) {
      case NUMBERS, COMPLETE_NUMBERS -> number;
      case TEXT -> type.equals(DataTypes.StringType);
      case ANY -> number || type.equals(DataTypes.StringType);
    };
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type.equals(DataTypes.BooleanType);
  }
}

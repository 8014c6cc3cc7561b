package org.millrace.deep.data;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.millrace.outcome.Stop;
import scala.collection.Seq;

/** Some columns of a table, found by name. */
final class Fields {
  private final int[] places;
  private final DataType[] types;
  private final List<String> names;

  /**
   * @throws Stop exit 2 where a column is absent
   */
  Fields(StructType schema, List<String> names) {
    List<String> present = List.of(schema.fieldNames());
    this.names = names;
    this.places = new int[names.size()];
    this.types = new DataType[names.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = present.indexOf(names.get(i));
      if (places[i] < 0) {
        throw Stop.usage(
            "column %s is not in the table; its contract has %s", names.get(i), present);
      }
      types[i] = schema.apply(places[i]).dataType();
    }
  }

  int count() {
    return places.length;
  }

  String name(int field) {
    return names.get(field);
  }

  DataType type(int field) {
    return types[field];
  }

  /** Null where the row has none. */
  Object value(Row row, int field) {
    return row.get(places[field]);
  }

  /** Null where the row has none. */
  byte[] bytes(Row row, int field) {
    return (byte[]) row.get(places[field]);
  }

  /** Null where the row has none. */
  Seq<?> array(Row row, int field) {
    return (Seq<?>) row.get(places[field]);
  }

  /** NaN where the row has none. */
  double number(Row row, int field) {
    return number(row.get(places[field]));
  }

  /** Not finite where it is no finite number. */
  static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof Boolean yes ? (yes ? 1 : 0) : Double.NaN;
  }

  /**
   * Refuses columns of a type that cannot be what they are to be.
   *
   * @throws Stop exit 2
   */
  Fields require(java.util.function.Predicate<DataType> suits, String wanted) {
    for (int i = 0; i < types.length; i++) {
      if (!suits.test(types[i])) {
        throw Stop.usage(
            "column %s is of type %s in its contract; needed is %s",
            names.get(i), types[i].sql(), wanted);
      }
    }
    return this;
  }
}

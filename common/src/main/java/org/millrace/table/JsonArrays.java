package org.millrace.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/**
 * Arrays of numbers from JSON texts. Spark's own {@code from_json} ends the task where an element
 * is a string, by a mistake in its message.
 */
final class JsonArrays {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonArrays() {}

  /** Null where the text is no array whose elements are of the type, or null. */
  static Column read(Column text, ArrayType type) {
    UDF1<String, List<Object>> parse = value -> value == null ? null : parse(value, type);
    return functions.udf(parse, type).apply(text);
  }

  static List<Object> parse(String text, ArrayType type) {
    try {
      return list(JSON.readTree(text), type);
    } catch (JsonProcessingException | ArithmeticException | IllegalArgumentException e) {
      return null;
    }
  }

  private static List<Object> list(JsonNode node, ArrayType type) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("no array");
    }
    List<Object> elements = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      elements.add(element.isNull() ? null : element(element, type.elementType()));
    }
    return elements;
  }

  private static Object element(JsonNode node, DataType type) {
    if (type instanceof ArrayType array) {
      return list(node, array);
    }
    if (type instanceof StringType && node.isTextual()) {
      return node.textValue();
    }
    if (type instanceof StringType || !node.isNumber()) {
      throw new IllegalArgumentException("no " + type.sql());
    }
    BigDecimal number = node.decimalValue();
    if (type instanceof LongType) {
      return number.longValueExact();
    } else if (type instanceof IntegerType) {
      return number.intValueExact();
    } else if (type instanceof ShortType) {
      return number.shortValueExact();
    } else if (type instanceof ByteType) {
      return number.byteValueExact();
    } else if (type instanceof DecimalType) {
      return number;
    }
    return type instanceof FloatType ? (Object) number.floatValue() : number.doubleValue();
  }
}

package org.millrace.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.millrace.outcome.Stop;

/**
 * What a contract file says of the elements of an array column: their logical type alone, which
 * must be that of its physical type.
 */
record ArrayItems(String origin, String column) {

  /**
   * @throws Stop exit 2 where the file asks something else of elements
   */
  void require(JsonNode property, DataType spark) {
    JsonNode items = property.path("items");
    if (items.isMissingNode()) {
      return;
    }
    DataType element = ((ArrayType) spark).elementType();
    String logicalName = items.path("logicalType").asText();
    Optional<FieldType.Logical> logical = FieldType.Logical.of(logicalName);
    boolean fits = logical.map(l -> l.mayBeHeldBy(element)).orElse(false);
    if (!fits) {
      throw Stop.usage(
          "%s: logicalType of the items of %s is '%s'; accepted: that of %s, which physicalType says",
          origin, column, logicalName, element.sql());
    }
    for (String asked : new String[] {"required", "unique", "logicalTypeOptions", "quality"}) {
      if (items.has(asked)) {
        throw Stop.usage(
            "%s: %s of the items of %s is %s; accepted: none, elements are not checked",
            origin, asked, column, items.path(asked));
      }
    }
    if (element instanceof ArrayType) {
      require(items, element);
    }
  }
}

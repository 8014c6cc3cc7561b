package org.millrace.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.outcome.Stop;

/**
 * Reads a contract from a file of the Open Data Contract Standard v3 (YAML). What the file asks of
 * rows and Millrace does not check is refused, so that no promise of a contract is silently void.
 */
final class ContractFile {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> BOUNDS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private final String id;
  private final String origin;

  private ContractFile(String id, String origin) {
    this.id = id;
    this.origin = origin;
  }

  static Contract read(String id, String origin, byte[] bytes) {
    return new ContractFile(id, origin).parse(bytes);
  }

  private Contract parse(byte[] bytes) {
    JsonNode root;
    try {
      root = YAML.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw Stop.usage("%s is not YAML: %s", origin, e.getOriginalMessage()).because(e);
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", origin, e.getMessage()).because(e);
    }
    if (!root.path("kind").asText().equals("DataContract")
        || !root.path("apiVersion").asText().startsWith("v3.")) {
      throw wrong(
          "kind and apiVersion",
          root.path("kind") + ", " + root.path("apiVersion"),
          "DataContract and v3.x (Open Data Contract Standard)");
    }
    JsonNode schema = root.path("schema");
    if (schema.size() != 1) {
      throw wrong("schema", schema.size() + " tables", "one table a file");
    }
    JsonNode table = schema.get(0);
    if (!table.path("quality").isMissingNode()) {
      throw wrong(
          "quality of the table",
          table.path("quality").toString(),
          "quality rules on columns only (invalidValues with validValues)");
    }
    List<Contract.Field> fields = stream(table.path("properties")).map(this::field).toList();
    if (fields.isEmpty()) {
      throw wrong("properties", "none", "a list of columns");
    }
    return new Contract(
        id,
        root.path("version").asText(),
        DigestUtils.sha256Hex(bytes),
        origin,
        text(table.path("description")),
        fields,
        keys(table.path("properties")),
        duplicates(table, fields));
  }

  private Contract.Field field(JsonNode node) {
    String name = node.path("name").asText();
    String logicalName = node.path("logicalType").asText("string");
    FieldType.Logical logical =
        FieldType.Logical.of(logicalName)
            .orElseThrow(
                () ->
                    wrong(
                        "logicalType of " + name,
                        logicalName,
                        "string, integer, number, boolean, date or timestamp"));
    DataType spark = physicalType(name, node.path("physicalType"), logical);
    List<Rule> rules = new ArrayList<>();
    if (spark.equals(DataTypes.DoubleType) || spark.equals(DataTypes.FloatType)) {
      rules.add(new Rule.Finite());
    }
    node.path("logicalTypeOptions")
        .fields()
        .forEachRemaining(o -> rules.add(option(name, logical, o.getKey(), o.getValue())));
    stream(node.path("quality")).forEach(q -> rules.add(validValues(name, logical, q)));
    boolean key = node.path("primaryKey").asBoolean() || node.path("unique").asBoolean();
    return new Contract.Field(
        name,
        new FieldType(logical, spark),
        key || node.path("required").asBoolean(),
        text(node.path("description")),
        custom(node, "unit").map(JsonNode::asText).orElse(""),
        List.copyOf(rules));
  }

  private DataType physicalType(String name, JsonNode given, FieldType.Logical logical) {
    if (given.isMissingNode()) {
      return logical.usual();
    }
    try {
      DataType spark = DataType.fromDDL(given.asText());
      if (new FieldType(logical, logical.usual()).canRead(spark, Optional.empty())
          && (logical != FieldType.Logical.STRING || spark.equals(DataTypes.StringType))) {
        return spark;
      }
    } catch (Exception e) {
      // Falls through to the sentence below; Spark's own message names neither file nor column.
    }
    throw wrong(
        "physicalType of " + name,
        given.asText(),
        "a Spark SQL type that holds " + logical.article() + ", such as " + logical.usual().sql());
  }

  private Rule option(String field, FieldType.Logical logical, String name, JsonNode value) {
    if (BOUNDS.contains(name) && logical != FieldType.Logical.STRING) {
      return new Rule.Bound(name, literal(field, logical, name, value), value.asText());
    }
    return switch (name) {
      case "multipleOf" -> new Rule.MultipleOf(value.asDouble());
      case "minLength", "maxLength" -> new Rule.Length(name, value.asInt());
      case "pattern" -> new Rule.Pattern(value.asText());
      default ->
          throw wrong(
              "logicalTypeOptions of " + field,
              name,
              "options that Millrace checks: minimum, maximum, exclusiveMinimum, exclusiveMaximum,"
                  + " multipleOf, minLength, maxLength, pattern");
    };
  }

  private Rule validValues(String field, FieldType.Logical logical, JsonNode quality) {
    JsonNode values = quality.path("arguments").path("validValues");
    boolean understood =
        quality.path("metric").asText().equals("invalidValues")
            && values.isArray()
            && quality.path("mustBe").asInt(-1) == 0;
    if (!understood) {
      throw wrong(
          "quality of " + field,
          quality.toString(),
          "metric invalidValues with arguments.validValues and mustBe 0");
    }
    return new Rule.ValidValues(
        stream(values).map(v -> literal(field, logical, "validValues", v)).toList());
  }

  private Object literal(String field, FieldType.Logical logical, String option, JsonNode value) {
    try {
      return switch (logical) {
        case STRING -> value.asText();
        case INTEGER -> Long.parseLong(value.asText());
        case NUMBER -> Double.parseDouble(value.asText());
        case BOOLEAN -> value.asBoolean();
        case DATE -> java.sql.Date.valueOf(value.asText());
        case TIMESTAMP -> java.sql.Timestamp.from(java.time.Instant.parse(value.asText()));
      };
    } catch (RuntimeException e) {
      throw wrong(option + " of " + field, value.asText(), logical.article()).because(e);
    }
  }

  private static List<List<String>> keys(JsonNode properties) {
    List<List<String>> keys = new ArrayList<>();
    List<String> primary =
        stream(properties)
            .filter(p -> p.path("primaryKey").asBoolean())
            .sorted(Comparator.comparingInt(p -> p.path("primaryKeyPosition").asInt(-1)))
            .map(p -> p.path("name").asText())
            .toList();
    if (!primary.isEmpty()) {
      keys.add(primary);
    }
    stream(properties)
        .filter(p -> p.path("unique").asBoolean())
        .map(p -> List.of(p.path("name").asText()))
        .filter(key -> !keys.contains(key))
        .forEach(keys::add);
    return List.copyOf(keys);
  }

  private Contract.Duplicates duplicates(JsonNode table, List<Contract.Field> fields) {
    String policy = custom(table, "duplicates").map(JsonNode::asText).orElse("reject-all");
    return switch (policy) {
      case "reject-all" -> new Contract.Duplicates.RejectAll();
      case "keep-newest" -> new Contract.Duplicates.KeepNewest(newestBy(table, fields));
      default -> throw wrong("customProperties duplicates", policy, "reject-all or keep-newest");
    };
  }

  private String newestBy(JsonNode table, List<Contract.Field> fields) {
    String by = custom(table, "newestBy").map(JsonNode::asText).orElse("");
    if (fields.stream().noneMatch(f -> f.name().equals(by))) {
      throw wrong("customProperties newestBy", "'" + by + "'", "the name of a column of the table");
    }
    return by;
  }

  private static Optional<JsonNode> custom(JsonNode node, String property) {
    return stream(node.path("customProperties"))
        .filter(c -> c.path("property").asText().equals(property))
        .map(c -> c.path("value"))
        .findFirst();
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "" : node.asText().strip();
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private Stop wrong(String what, String value, String accepted) {
    return Stop.usage("%s: %s is %s; accepted: %s", origin, what, value, accepted);
  }
}

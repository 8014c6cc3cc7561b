package org.millrace.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

  private static final List<DataType> USUAL_TYPES =
      List.of(
          DataTypes.StringType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType);

  private final String id;
  private final String origin;

  private ContractFile(String id, String origin) {
    this.id = id;
    this.origin = origin;
  }

  static void prepare() {
    try {
      YAML.readTree("a: [b, 'c', 1]");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this is YAML", e);
    }
  }

  static Contract read(String id, String origin, byte[] bytes) {
    return new ContractFile(id, origin).parse(bytes);
  }

  private Contract parse(byte[] bytes) {
    JsonNode root;
    try {
      root = YAML.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw Stop.usage(
              "%s is not YAML, line %d: %s",
              origin,
              e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
              e.getOriginalMessage().lines().findFirst().orElse("it cannot be read"))
          .because(e);
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
    if (!schema.isArray() || schema.size() != 1) {
      throw wrong("schema", schema.size() + " tables", "a list with one table");
    }
    JsonNode table = schema.get(0);
    if (!table.path("quality").isMissingNode()) {
      throw wrong(
          "quality of the table",
          table.path("quality").toString(),
          "quality rules on columns only (invalidValues with validValues)");
    }
    if (!table.path("relationships").isMissingNode()) {
      throw wrong(
          "relationships of the table",
          table.path("relationships").toString(),
          "none: they are not checked");
    }
    List<Contract.Field> fields = stream(table.path("properties")).map(this::field).toList();
    if (fields.isEmpty()) {
      throw wrong("properties", "none", "a list of columns");
    }
    requireNames(fields);
    List<List<String>> keys = keys(table.path("properties"));
    return new Contract(
        id,
        root.path("version").asText(),
        DigestUtils.sha256Hex(bytes),
        origin,
        text(table.path("description")),
        fields,
        keys,
        duplicates(table, fields, keys));
  }

  /** Spark compares names without their case. */
  private void requireNames(List<Contract.Field> fields) {
    Set<String> seen = new HashSet<>();
    for (Contract.Field field : fields) {
      if (field.name().isBlank() || !seen.add(field.name().toLowerCase(Locale.ROOT))) {
        throw wrong(
            "the name of a column",
            "'" + field.name() + "'",
            "a name of its own for each column, different not only in its case");
      }
    }
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
                        "string, integer, number, boolean, date, timestamp or array"));
    DataType spark = physicalType(name, node.path("physicalType"), logical);
    if (logical == FieldType.Logical.ARRAY) {
      new ArrayItems(origin, name).require(node, spark);
    }
    FieldType type = new FieldType(logical, spark);
    boolean key = node.path("primaryKey").asBoolean() || node.path("unique").asBoolean();
    return new Contract.Field(
        name,
        type,
        key || node.path("required").asBoolean(),
        text(node.path("description")),
        custom(node, "unit").map(JsonNode::asText).orElse(""),
        new ContractRules(origin, name, type).of(node),
        tags(node));
  }

  private static List<String> tags(JsonNode node) {
    List<String> tags = new ArrayList<>();
    node.path("tags").forEach(tag -> tags.add(tag.asText()));
    String classification = text(node.path("classification"));
    if (!classification.isEmpty() && !tags.contains(classification)) {
      tags.add(classification);
    }
    return List.copyOf(tags);
  }

  private DataType physicalType(String name, JsonNode given, FieldType.Logical logical) {
    if (given.isMissingNode()) {
      return logical.usual();
    }
    try {
      DataType spark = parse(given.asText());
      if (logical.mayBeHeldBy(spark)) {
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

  /** Spark's parser takes a while to load: most contracts name one of the usual types. */
  private static DataType parse(String sql) {
    for (DataType usual : USUAL_TYPES) {
      if (usual.sql().equalsIgnoreCase(sql)) {
        return usual;
      }
    }
    return DataType.fromDDL(sql);
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

  private Contract.Duplicates duplicates(
      JsonNode table, List<Contract.Field> fields, List<List<String>> keys) {
    Optional<String> given = custom(table, "duplicates").map(JsonNode::asText);
    if (given.isPresent() && keys.isEmpty()) {
      throw wrong(
          "customProperties duplicates",
          given.get(),
          "this property only beside a key (primaryKey or unique on a column)");
    }
    String policy = given.orElse("reject-all");
    if (!policy.equals("keep-newest") && custom(table, "newestBy").isPresent()) {
      throw wrong("customProperties duplicates", policy, "keep-newest, since newestBy is given");
    }
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

  /** The value of one of a column's or a table's own properties. */
  static Optional<JsonNode> custom(JsonNode node, String property) {
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

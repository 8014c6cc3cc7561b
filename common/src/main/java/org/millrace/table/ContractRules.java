package org.millrace.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.millrace.outcome.Stop;

/** Reads what a contract file asks of the values of one column. */
final class ContractRules {
  private static final Set<String> BOUNDS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

  private final String origin;
  private final String column;
  private final FieldType type;

  ContractRules(String origin, String column, FieldType type) {
    this.origin = origin;
    this.column = column;
    this.type = type;
  }

  /** Every rule of the column, in the order of the file. */
  List<Rule> of(JsonNode property) {
    List<Rule> rules = new ArrayList<>();
    if (type.isFloating()) {
      rules.add(new Rule.Finite());
    }
    if (rejectsDamaged(ContractFile.custom(property, "damaged"))) {
      rules.add(new Rule.Undamaged());
    }
    for (Map.Entry<String, JsonNode> option : property.path("logicalTypeOptions").properties()) {
      rules.add(option(option.getKey(), option.getValue()));
    }
    property.path("quality").forEach(quality -> rules.add(validValues(quality)));
    if (property.has("relationships")) {
      throw wrong("relationships", property.path("relationships"), "none: they are not checked");
    }
    return List.copyOf(rules);
  }

  private boolean isText() {
    return type.logical() == FieldType.Logical.STRING && !type.isBinary();
  }

  private boolean rejectsDamaged(Optional<JsonNode> given) {
    if (given.isEmpty()) {
      return isText();
    }
    JsonNode damaged = given.get();
    if (!isText()) {
      throw wrong("damaged", damaged, "this property only on a string");
    }
    return switch (damaged.asText()) {
      case "keep" -> false;
      case "reject" -> true;
      default -> throw wrong("damaged", damaged, "reject (the default) or keep");
    };
  }

  private Rule option(String name, JsonNode value) {
    boolean text = isText();
    boolean number =
        type.logical() == FieldType.Logical.INTEGER || type.logical() == FieldType.Logical.NUMBER;
    if (BOUNDS.contains(name) && (number || type.isTemporal())) {
      return new Rule.Bound(name, literal(name, value), value.asText());
    }
    if (name.equals("multipleOf") && number) {
      return multipleOf(value);
    }
    if (name.equals("pattern") && text) {
      return pattern(value);
    }
    if ((name.equals("minLength") || name.equals("maxLength")) && text) {
      if (!value.isInt() || value.asInt() < 0) {
        throw wrong(name, value, "a whole number of characters");
      }
      return new Rule.Length(name, value.asInt());
    }
    String accepted = "no option";
    if (text) {
      accepted = "the options that Millrace checks for a string: minLength, maxLength, pattern";
    } else if (number) {
      accepted =
          "the options that Millrace checks for a number: minimum, maximum, exclusiveMinimum,"
              + " exclusiveMaximum, multipleOf";
    } else if (type.isTemporal()) {
      accepted =
          "the options that Millrace checks for a date or a timestamp: minimum, maximum,"
              + " exclusiveMinimum, exclusiveMaximum";
    }
    throw Stop.usage(
        "%s: logicalTypeOptions of %s is %s; accepted: %s", origin, column, name, accepted);
  }

  private Rule multipleOf(JsonNode value) {
    if (!value.isNumber() || value.decimalValue().signum() <= 0) {
      throw wrong("multipleOf", value, "a number above 0");
    }
    return new Rule.MultipleOf(value.decimalValue(), type);
  }

  private Rule pattern(JsonNode value) {
    try {
      java.util.regex.Pattern.compile(value.asText());
      return new Rule.Pattern(value.asText());
    } catch (PatternSyntaxException e) {
      throw wrong("pattern", value, "a regular expression of Java (" + e.getDescription() + ")")
          .because(e);
    }
  }

  private Rule validValues(JsonNode quality) {
    JsonNode arguments = quality.path("arguments");
    JsonNode values = arguments.path("validValues");
    boolean understood =
        quality.path("type").asText("library").equals("library")
            && quality.path("metric").asText().equals("invalidValues")
            && arguments.size() == 1
            && values.isArray()
            && !values.isEmpty()
            && quality.path("mustBe").asInt(-1) == 0;
    if (!understood) {
      throw wrong("quality", quality, "metric invalidValues with arguments.validValues, mustBe 0");
    }
    return new Rule.ValidValues(
        StreamSupport.stream(values.spliterator(), false)
            .map(v -> literal("validValues", v))
            .toList());
  }

  /** A value of the column's own type, so that comparing rounds nothing. */
  private Object literal(String option, JsonNode value) {
    String text = value.asText();
    try {
      if (type.isBinary()) {
        throw new IllegalArgumentException("bytes are not compared");
      }
      return switch (type.logical()) {
        case STRING -> text;
        case INTEGER -> Long.parseLong(text);
        case NUMBER -> number(text);
        case BOOLEAN -> bool(value);
        case ARRAY -> throw new IllegalArgumentException("arrays are not compared");
        case DATE -> java.sql.Date.valueOf(text);
        case TIMESTAMP -> timestamp(java.time.Instant.parse(text));
      };
    } catch (RuntimeException e) {
      String example =
          switch (type.logical()) {
            case DATE -> " such as 2026-01-31";
            case TIMESTAMP -> " such as 2026-01-31T00:00:00Z";
            default -> "";
          };
      throw wrong(option, value, type.logical().article() + example).because(e);
    }
  }

  /**
   * Without a zone where the column has none: to convert each row's value would cost more than to
   * compare it.
   */
  private Object timestamp(java.time.Instant instant) {
    return type.spark() instanceof TimestampNTZType
        ? java.time.LocalDateTime.ofInstant(instant, java.time.ZoneOffset.UTC)
        : java.sql.Timestamp.from(instant);
  }

  private Object number(String text) {
    BigDecimal exact = new BigDecimal(text);
    if (type.spark() instanceof FloatType) {
      return exact.floatValue();
    }
    if (type.spark() instanceof DecimalType) {
      return exact;
    }
    return exact.doubleValue();
  }

  private static Boolean bool(JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("not a boolean");
    }
    return value.asBoolean();
  }

  private Stop wrong(String option, JsonNode value, String accepted) {
    String shown = value.isValueNode() ? value.asText() : value.toString();
    return Stop.usage("%s: %s of %s is %s; accepted: %s", origin, option, column, shown, accepted);
  }
}

package org.millrace.risk.features;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.millrace.table.FieldType.Logical;

/** How a column of a table is turned into features. */
public enum ColumnKind {
  /** The number itself. */
  NUMERIC,
  /** 1 or 0. */
  BOOLEAN,
  /** One of a number of levels. */
  CATEGORICAL,
  /** Parts of the calendar. */
  TIME,
  /** Words. */
  TEXT;

  /** As a use case writes it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ColumnKind> of(String id) {
    return Arrays.stream(values()).filter(k -> k.id().equals(id)).findFirst();
  }

  static String accepted() {
    return Arrays.stream(values()).map(ColumnKind::id).collect(Collectors.joining(", "));
  }

  /** Where the use case says nothing else; empty for columns that make no features. */
  static Optional<ColumnKind> usual(Logical type) {
    return switch (type) {
      case NUMBER, INTEGER -> Optional.of(NUMERIC);
      case BOOLEAN -> Optional.of(BOOLEAN);
      case STRING -> Optional.of(CATEGORICAL);
      case DATE, TIMESTAMP -> Optional.of(TIME);
      case ARRAY -> Optional.empty();
    };
  }

  /** Whether a column of that type can be taken so. */
  boolean takes(Logical type) {
    return switch (this) {
      case NUMERIC -> type == Logical.NUMBER || type == Logical.INTEGER;
      case BOOLEAN -> type == Logical.BOOLEAN;
      case CATEGORICAL ->
          type == Logical.STRING || type == Logical.INTEGER || type == Logical.BOOLEAN;
      case TIME -> type == Logical.DATE || type == Logical.TIMESTAMP;
      case TEXT -> type == Logical.STRING;
    };
  }
}

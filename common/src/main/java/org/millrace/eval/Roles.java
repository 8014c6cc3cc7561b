package org.millrace.eval;

import java.util.List;
import java.util.Optional;

/**
 * Which columns of a table a {@link Holdout} may look at.
 *
 * @param keys columns that together name a row, such as user and item; the first is the entity
 *     whose history the row belongs to
 * @param time when the row happened; any type that orders (timestamp, date, number)
 */
public record Roles(List<String> keys, Optional<String> time) {

  /**
   * @throws IllegalArgumentException if there is no key
   */
  public Roles {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys must name at least one column, was empty");
    }
  }

  public static Roles of(List<String> keys) {
    return new Roles(keys, Optional.empty());
  }

  public static Roles of(List<String> keys, String time) {
    return new Roles(keys, Optional.of(time));
  }

  /** The column that names the entity: a user, a customer, a device. */
  public String entity() {
    return keys.get(0);
  }
}

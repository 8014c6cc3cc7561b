package org.millrace.config;

import java.util.ArrayList;
import java.util.List;

/** Checks in the constructors of configuration records. */
public final class Check {
  /** Where the binder makes a record: what the record's checks have refused so far. */
  private static final ThreadLocal<List<InvalidValue>> GATHERED = new ThreadLocal<>();

  private Check() {}

  /**
   * Refuses a value of a configuration record.
   *
   * <p>Where the binder makes the record, its constructor goes on behind a refused value, so that
   * all that it refuses is told at once; the record is not used then.
   *
   * @param key the record's component, as it is written in a configuration file; of a block in it
   *     with a dot, such as gate.metric
   * @param accepted what would be accepted
   * @throws InvalidValue if the condition is false
   */
  public static void that(boolean condition, String key, Object value, String accepted) {
    if (condition) {
      return;
    }
    InvalidValue invalid = new InvalidValue(key, String.valueOf(value), accepted);
    if (GATHERED.get() == null) {
      throw invalid;
    }
    GATHERED.get().add(invalid);
  }

  /**
   * What {@link #gathering} came to.
   *
   * @param made not to be used where something was refused
   * @param refused by the checks
   * @param failure what the constructor threw behind a refused value; null where it came through
   */
  record Made<T>(T made, List<InvalidValue> refused, Throwable failure) {}

  /** A constructor's call. */
  interface Making<T> {
    T make() throws ReflectiveOperationException;
  }

  /**
   * Calls a constructor of a configuration record and gathers what its checks refuse.
   *
   * @throws ReflectiveOperationException also where the constructor fails by itself, unless its
   *     checks have refused something before: then it fails by that
   */
  static <T> Made<T> gathering(Making<T> making) throws ReflectiveOperationException {
    List<InvalidValue> outer = GATHERED.get();
    List<InvalidValue> refused = new ArrayList<>();
    GATHERED.set(refused);
    try {
      return new Made<>(making.make(), refused, null);
    } catch (ReflectiveOperationException e) {
      if (refused.isEmpty()) {
        throw e;
      }
      return new Made<>(null, refused, e.getCause());
    } finally {
      if (outer == null) {
        GATHERED.remove();
      } else {
        GATHERED.set(outer);
      }
    }
  }

  /** A value that a configuration record does not accept; the binder adds the file and the line. */
  public static final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String value;
    private final String accepted;

    private InvalidValue(String key, String value, String accepted) {
      super("%s is '%s'; accepted: %s".formatted(key, value, accepted));
      this.key = key;
      this.value = value;
      this.accepted = accepted;
    }

    public String key() {
      return key;
    }

    public String value() {
      return value;
    }

    public String accepted() {
      return accepted;
    }
  }
}

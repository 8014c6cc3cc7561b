package org.millrace.config;

/** Checks in the constructors of configuration records. */
public final class Check {
  private Check() {}

  /**
   * Refuses a value of a configuration record.
   *
   * @param key the record's component, as it is written in a configuration file
   * @param accepted what would be accepted
   * @throws InvalidValue if the condition is false
   */
  public static void that(boolean condition, String key, Object value, String accepted) {
    if (!condition) {
      throw new InvalidValue(key, String.valueOf(value), accepted);
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

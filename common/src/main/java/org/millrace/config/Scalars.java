package org.millrace.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Single values of configuration records. */
final class Scalars {
  private Scalars() {}

  static boolean isScalar(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.NUMBER
        || value.valueType() == ConfigValueType.BOOLEAN;
  }

  /** As it was written: {@code 1.10} stays {@code 1.10}, {@code 007} stays {@code 007}. */
  static String text(ConfigValue scalar) {
    return holder(scalar).getString("v");
  }

  private static Config holder(ConfigValue value) {
    return ConfigFactory.empty().withValue("v", value);
  }

  /** Empty where the value is not one of that type. */
  static Optional<Object> convert(Class<?> type, ConfigValue value) {
    String text = text(value);
    try {
      if (type == String.class) {
        return Optional.of(text);
      } else if (type == int.class || type == Integer.class) {
        return Optional.of(new BigDecimal(text).intValueExact());
      } else if (type == long.class || type == Long.class) {
        return Optional.of(new BigDecimal(text).longValueExact());
      } else if (type == double.class || type == Double.class) {
        double number = new BigDecimal(text).doubleValue();
        return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
      } else if (type == boolean.class || type == Boolean.class) {
        return Optional.of(holder(value).getBoolean("v"));
      } else if (type == Duration.class) {
        // A number without a unit would be milliseconds, which nobody means.
        boolean unit = !text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1));
        return unit ? Optional.of(holder(value).getDuration("v")) : Optional.empty();
      } else if (type.isEnum()) {
        return Arrays.stream(type.getEnumConstants())
            .filter(e -> Kinds.constant((Enum<?>) e).equals(text))
            .findFirst()
            .map(e -> e);
      }
    } catch (ArithmeticException | NumberFormatException | ConfigException e) {
      return Optional.empty();
    }
    throw new IllegalStateException("configuration records cannot hold a " + type);
  }
}

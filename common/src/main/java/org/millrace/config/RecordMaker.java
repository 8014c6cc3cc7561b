package org.millrace.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.outcome.Stop;

/**
 * Calls a record's constructor and tells what it refuses.
 *
 * @param user the block that the user wrote; null where there is none
 * @param reference the block's defaults; null where there are none
 */
record RecordMaker(Problems problems, ConfigValue user, ConfigValue reference) {

  /** Empty, with a problem noted, where the record refuses its values. */
  Optional<Object> make(Class<?> type, String path, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      Check.Made<?> made = Check.gathering(() -> constructor.newInstance(arguments));
      made.refused().forEach(invalid -> tell(path, invalid));
      // A sentence of the record's own, not what Java makes of a value that was refused before.
      if (made.failure() instanceof IllegalArgumentException e && e.getCause() instanceof Stop) {
        problems.add("%s: %s: %s".formatted(place(""), path, e.getMessage()));
      }
      return made.refused().isEmpty() ? Optional.of(made.made()) : Optional.empty();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException invalid) {
        problems.add("%s: %s: %s".formatted(place(""), path, invalid.getMessage()));
      } else {
        throw new IllegalStateException(e.getCause());
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tell(String path, Check.InvalidValue invalid) {
    String key = path;
    for (String word : invalid.key().split("\\.", -1)) {
      key = Kinds.join(key, word);
    }
    String shown = Secrets.isSecret(key) ? Secrets.COVER : invalid.value();
    problems.add(
        "%s: %s is '%s'; accepted: %s"
            .formatted(place(invalid.key()), key, shown, invalid.accepted()));
  }

  /** Where a key of a block was written: by the user, in the defaults, or else the block itself. */
  private String place(String key) {
    return Stream.of(child(user, key), child(reference, key), user, reference)
        .filter(Objects::nonNull)
        .findFirst()
        .map(v -> Place.of(v.origin()))
        .orElse("default");
  }

  /** By words joined by dots. */
  private static ConfigValue child(ConfigValue block, String key) {
    ConfigValue child = block;
    for (String word : key.split("\\.", -1)) {
      child = child instanceof ConfigObject object ? object.get(word) : null;
    }
    return child;
  }
}

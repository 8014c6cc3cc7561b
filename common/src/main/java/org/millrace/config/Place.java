package org.millrace.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;

/** Where a value was written, for a sentence. */
final class Place {
  private static final String MERGED = "merge of ";
  private static final String FILE_SCHEME = " @ ";

  private Place() {}

  /**
   * A file with its line, {@code --set KEY}, {@code env var NAME}; several of them where a block
   * was written in several places.
   */
  static String of(ConfigOrigin origin) {
    String description = origin.description().replaceFirst(": [0-9]+(-[0-9]+)?$", "");
    if (description.startsWith(MERGED)) {
      return origin
          .description()
          .substring(MERGED.length())
          .replaceAll(": ([0-9]+)", ":$1")
          .replace(",", " and ");
    }
    String line = origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "";
    if (origin.resource() != null) {
      return description.split(FILE_SCHEME, 2)[0] + line;
    }
    if (origin.filename() != null) {
      Path file = Path.of(origin.filename()).toAbsolutePath();
      Path here = Path.of("").toAbsolutePath();
      return (file.startsWith(here) ? here.relativize(file) : file) + line;
    }
    return description;
  }
}

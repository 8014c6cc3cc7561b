package org.millrace.config;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import java.io.File;

/**
 * Refuses an include of what does not exist; HOCON by itself passes over it, and a misspelt file
 * name would quietly leave its keys at their defaults.
 */
final class StrictIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath {
  private final ConfigIncluder next;

  StrictIncluder() {
    this(null);
  }

  private StrictIncluder(ConfigIncluder next) {
    this.next = next;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new StrictIncluder(next == null ? fallback : next.withFallback(fallback));
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return next.include(strict(context), what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return ((ConfigIncluderFile) next).includeFile(strict(context), what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return ((ConfigIncluderClasspath) next).includeResources(strict(context), what);
  }

  private static ConfigIncludeContext strict(ConfigIncludeContext context) {
    return context.setParseOptions(context.parseOptions().setAllowMissing(false));
  }
}

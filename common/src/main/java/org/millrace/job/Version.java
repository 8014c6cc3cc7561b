package org.millrace.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which code this is. */
public final class Version {
  private Version() {}

  /** The version of the build, with the commit where the build knew it. */
  public static String ofCode() {
    try (InputStream stream = Version.class.getResourceAsStream("/millrace/build.properties")) {
      Properties build = new Properties();
      build.load(stream);
      return build.getProperty("version") + " (" + build.getProperty("commit") + ")";
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks build.properties", e);
    }
  }
}

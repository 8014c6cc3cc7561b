package org.millrace.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What makes the only JVM of a local run start and work faster: the archive of loaded classes that
 * the build leaves beside the Spark runtime, and the collector of the highest throughput.
 *
 * <p>The archive (JEP 350, dynamic class-data sharing) holds Spark's and Millrace's classes parsed
 * and verified. The JVM takes it only where its class path begins with that of the archive, jar by
 * jar, size and time; so Millrace's jar must be on the class path itself, in front, and not only
 * among the jars that Spark adds later. An archive that does not fit is left aside without a word,
 * and all is as without it.
 */
final class LocalStart {
  private static final String OPTIONS = "spark.driver.extraJavaOptions";
  private static final String CLASS_PATH = "spark.driver.extraClassPath";
  private static final Pattern LOCAL = Pattern.compile("local(\\[.*])?");
  private static final Pattern COLLECTOR = Pattern.compile("-XX:[+-]Use\\w+GC\\b");
  private static final Pattern SHARING =
      Pattern.compile("-Xshare\\b|SharedArchiveFile|ArchiveClassesAtExit");

  private LocalStart() {}

  /**
   * Adds to the properties of a local run; those of a cluster come back as they are.
   *
   * @param archive where the build leaves the archive; it need not be there
   */
  static Map<String, String> over(Map<String, String> properties, Path jar, Path archive) {
    if (!LOCAL.matcher(properties.getOrDefault("spark.master", "local[*]")).matches()) {
      return properties;
    }
    Map<String, String> faster = new TreeMap<>(properties);
    String own = properties.getOrDefault(OPTIONS, "");
    if (!COLLECTOR.matcher(own).find()) {
      faster.merge(OPTIONS, "-XX:+UseParallelGC", LocalStart::behind);
    }
    if (Files.isRegularFile(archive) && !SHARING.matcher(own).find()) {
      faster.merge(CLASS_PATH, jar.toString(), (theirs, ours) -> ours + ":" + theirs);
      faster.merge(OPTIONS, "-XX:SharedArchiveFile=" + archive, LocalStart::behind);
      faster.merge(
          OPTIONS,
          "-Xlog:disable -Xlog:all=warning:stderr -Xlog:cds=off:stderr -Xlog:cds+dynamic=off:stderr",
          LocalStart::behind);
    }
    return faster;
  }

  private static String behind(String own, String more) {
    return own + " " + more;
  }
}

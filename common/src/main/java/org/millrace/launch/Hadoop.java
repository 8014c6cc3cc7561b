package org.millrace.launch;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The cluster's configuration: the files of HADOOP_CONF_DIR under spark.hadoop.* properties. */
final class Hadoop {
  private static final String PREFIX = "spark.hadoop.";

  private Hadoop() {}

  static Configuration configuration(Map<String, String> properties) {
    Configuration configuration = new Configuration();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            configuration.set(key.substring(PREFIX.length()), value);
          }
        });
    return configuration;
  }
}

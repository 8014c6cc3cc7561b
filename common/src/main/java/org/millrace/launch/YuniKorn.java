package org.millrace.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.millrace.job.Jobs;

/**
 * Annotations for Apache YuniKorn, where it is the scheduler ({@code
 * spark.kubernetes.scheduler.name=yunikorn}): the application's name, and for runs with barrier
 * stages the gang, so that places are kept for all executors or the run waits without taking any.
 */
final class YuniKorn {
  private static final String PREFIX = "annotation.yunikorn.apache.org/";
  private static final String DRIVER = "spark-driver";
  private static final String EXECUTOR = "spark-executor";

  private YuniKorn() {}

  static void annotate(Map<String, String> properties, Request request) {
    if (!"yunikorn".equals(properties.get("spark.kubernetes.scheduler.name"))) {
      return;
    }
    for (String role : new String[] {"driver", "executor"}) {
      // Spark puts its own name of the application in.
      properties.putIfAbsent("spark.kubernetes." + role + "." + PREFIX + "app-id", "{{APP_ID}}");
    }
    if (request.useCase().steps().stream().mapToInt(Jobs.BoundJob::slotsAtOnce).max().orElse(0)
        == 0) {
      return;
    }
    String driver = "spark.kubernetes.driver." + PREFIX;
    properties.putIfAbsent(driver + "task-group-name", DRIVER);
    properties.putIfAbsent(driver + "task-groups", groups(properties, request.sizes()));
    properties.putIfAbsent("spark.kubernetes.executor." + PREFIX + "task-group-name", EXECUTOR);
  }

  private static String groups(Map<String, String> properties, Sizes sizes) {
    ObjectMapper json = new ObjectMapper();
    ArrayNode groups = json.createArrayNode();
    String cores = properties.getOrDefault("spark.driver.cores", "1");
    group(groups, DRIVER, 1, cores, sizes.driverMib());
    ObjectNode executors =
        group(
            groups,
            EXECUTOR,
            sizes.instances(),
            String.valueOf(sizes.cores()),
            sizes.executorMib());
    if (sizes.gpus() > 0) {
      executors.put("nvidia.com/gpu", String.valueOf(sizes.gpus()));
    }
    try {
      return json.writeValueAsString(groups);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode group(
      ArrayNode groups, String name, int members, String cores, long mib) {
    ObjectNode group = groups.addObject().put("name", name).put("minMember", members);
    return group.putObject("minResource").put("cpu", cores).put("memory", mib + "Mi");
  }
}

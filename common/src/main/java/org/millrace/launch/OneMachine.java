package org.millrace.launch;

import java.nio.file.Path;
import org.millrace.outcome.Stop;

/** Driver and executors are this process, or are started by it. */
record OneMachine() implements Target {

  @Override
  public void check(Request request) {
    String master = request.properties().getOrDefault("spark.master", "local[*]");
    boolean asksForGpus =
        request.properties().containsKey("spark.executor.resource.gpu.amount")
            || request.properties().containsKey("spark.task.resource.gpu.amount");
    if (asksForGpus && master.matches("local(\\[.*])?")) {
      throw Stop.usage(
          "the profile asks for GPUs, and Spark gives none to tasks under %s; use --env yarn or"
              + " --env k8s, or --profile cpu",
          master);
    }
  }

  @Override
  public SubmitLine line(Request request, Path staged) {
    return request
        .line()
        .withDriverHere(request.home())
        .startingFrom(request.sparkHome().resolve("millrace.jsa"));
  }
}

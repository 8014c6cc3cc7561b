package org.millrace.observe;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Makes executors log JSON: Spark starts it there before the first task. */
public final class ExecutorJsonLogs implements SparkPlugin {
  static final String RUN_ID = "spark.millrace.runId";
  static final String USE_CASE = "spark.millrace.useCase";

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext plugin) {
        return Map.of(
            RUN_ID, context.conf().get(RUN_ID),
            USE_CASE, context.conf().get(USE_CASE));
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> fromDriver) {
        if (!context.executorID().equals("driver")) { // Which the run has switched itself.
          JsonLogs.onConsole(fromDriver.get(RUN_ID), fromDriver.get(USE_CASE));
        }
      }
    };
  }
}

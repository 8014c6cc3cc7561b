package org.millrace.observe;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.plugins.util.PluginManager;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout.EventTemplateAdditionalField;

/**
 * Log lines as objects of the Elastic Common Schema, with the run and its use case on each: {@code
 * millrace.run_id}, {@code millrace.use_case}.
 */
public final class JsonLogs {
  private JsonLogs() {}

  /** A layout; log4j's, which finds its parts also where this jar came after log4j had started. */
  public static StringLayout layout(Configuration configuration, String runId, String useCase) {
    PluginManager.addPackage(JsonTemplateLayout.class.getPackageName());
    return JsonTemplateLayout.newBuilder()
        .setConfiguration(configuration)
        .setEventTemplateUri("classpath:EcsLayout.json")
        .setEventTemplateAdditionalFields(
            new EventTemplateAdditionalField[] {
              field("service.name", "millrace"),
              field("millrace.run_id", runId),
              field("millrace.use_case", useCase)
            })
        .build();
  }

  private static EventTemplateAdditionalField field(String key, String value) {
    return EventTemplateAdditionalField.newBuilder().setKey(key).setValue(value).build();
  }

  /**
   * Makes what this JVM logs to its terminal JSON, with the levels and filters that it had.
   *
   * @return takes it back
   */
  public static Runnable onConsole(String runId, String useCase) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Configuration configuration = context.getConfiguration();
    StringLayout layout = layout(configuration, runId, useCase);
    List<Runnable> undo = new ArrayList<>();
    for (LoggerConfig logger : configuration.getLoggers().values()) {
      for (AppenderRef ref : List.copyOf(logger.getAppenderRefs())) {
        if (logger.getAppenders().get(ref.getRef()) instanceof ConsoleAppender words) {
          ConsoleAppender objects = like(words, layout, configuration);
          swap(logger, ref, words, objects);
          undo.add(
              () -> {
                swap(logger, ref, objects, words);
                objects.stop();
              });
        }
      }
    }
    context.updateLoggers();
    return () -> {
      undo.forEach(Runnable::run);
      context.updateLoggers();
    };
  }

  private static ConsoleAppender like(
      ConsoleAppender words, StringLayout layout, Configuration configuration) {
    ConsoleAppender objects =
        ConsoleAppender.newBuilder()
            .setName(words.getName() + "-json")
            .setTarget(words.getTarget())
            .setFilter(words.getFilter())
            .setLayout(layout)
            .setConfiguration(configuration)
            .build();
    objects.start();
    return objects;
  }

  private static void swap(LoggerConfig logger, AppenderRef ref, Appender from, Appender to) {
    logger.removeAppender(from.getName());
    logger.addAppender(to, ref.getLevel(), ref.getFilter());
  }
}

package org.millrace.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.millrace.model.SigningConfig;

/**
 * What a use-case file says besides its jobs' blocks. Defaults and meanings are in {@code
 * reference.conf}.
 *
 * @param useCase names what the run publishes
 * @param steps the jobs to run, in their order
 * @param startWithin on a cluster, the patience for the driver's place and then for the first
 *     executor
 */
public record Settings(
    String useCase,
    List<String> steps,
    String root,
    Optional<String> dataSchemas,
    Duration startWithin,
    SigningConfig models,
    Observe observe,
    Map<String, String> spark) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

  public Settings {
    Check.that(
        NAME.matcher(useCase).matches(),
        "use-case",
        useCase,
        "small letters, digits, - and _, such as loan-default");
    Check.that(!steps.isEmpty(), "steps", steps, "one job or more");
    Check.that(new HashSet<>(steps).size() == steps.size(), "steps", steps, "each job once");
    Check.that(!root.isBlank(), "root", root, "a folder");
    Check.that(
        startWithin.compareTo(Duration.ofSeconds(1)) >= 0,
        "start-within",
        startWithin.toSeconds() + " s",
        "a second or more");
    spark
        .keySet()
        .forEach(
            key ->
                Check.that(
                    !key.startsWith("spark."),
                    "spark",
                    key,
                    "Spark's properties without their prefix, such as executor.memory"));
  }

  /** The same with its keys in another place. */
  public Settings withModels(SigningConfig others) {
    return new Settings(useCase, steps, root, dataSchemas, startWithin, others, observe, spark);
  }
}

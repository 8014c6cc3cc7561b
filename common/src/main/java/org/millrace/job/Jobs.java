package org.millrace.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;
import org.millrace.config.Settings;
import org.millrace.model.SigningConfig;
import org.millrace.outcome.Stop;

/** The jobs on the classpath. */
public final class Jobs {
  private final Map<String, Job<?>> byName = new TreeMap<>();

  private Jobs() {
    for (Job<?> job : ServiceLoader.load(Job.class)) {
      if (byName.put(job.name(), job) != null) {
        throw new IllegalStateException("two jobs are named " + job.name());
      }
    }
  }

  public static Jobs onClasspath() {
    return new Jobs();
  }

  public List<Job<?>> all() {
    return byName.values().stream().sorted(Comparator.comparing(Job::name)).toList();
  }

  public Job<?> get(String name) {
    return Optional.ofNullable(byName.get(name))
        .orElseThrow(
            () ->
                Stop.usage(
                    "there is no job %s%s; there are %s",
                    name,
                    Problems.didYouMean(name, byName.keySet()),
                    String.join(", ", byName.keySet())));
  }

  /**
   * A use case with all its parts valid.
   *
   * @param layers the keys that its settings and all its steps are made of, and no others
   */
  public record Bound(Settings settings, List<BoundJob<?>> steps, Layers layers) {

    /** The same with its keys in another place, of which the layers say nothing. */
    public Bound withModels(SigningConfig models) {
      return new Bound(settings.withModels(models), steps, layers);
    }
  }

  /** A job with its valid configuration. */
  public record BoundJob<C extends Record>(Job<C> job, C config) {
    public List<NamedTable> tables() {
      return job.tables(config);
    }

    /** As {@link Job#check}. */
    public void check(Prospect prospect) {
      job.check(prospect, config);
    }

    /** Task slots that it must have all at once; 0 for any number. */
    public int slotsAtOnce() {
      return job.slotsAtOnce(config);
    }

    void run(Run run) {
      job.run(run, config);
    }
  }

  /**
   * Binds a use-case file.
   *
   * @param only the steps to keep; empty for all
   * @throws Stop exit 2 with all that is wrong
   */
  public Bound bind(Layers layers, List<String> only) {
    Problems problems = new Problems();
    Binder binder = new Binder(problems);
    refuseUnknownBlocks(layers, problems);
    Optional<Settings> settings = binder.bind(Settings.class, "", layers);
    List<String> steps = settings.map(Settings::steps).orElseGet(() -> stepsAsWritten(layers));
    List<BoundJob<?>> bound = new ArrayList<>();
    for (String step : steps) {
      if (byName.containsKey(step)) {
        bound(byName.get(step), layers, binder).ifPresent(bound::add);
      } else {
        problems.unknownJob(layers, step, byName.keySet());
      }
    }
    refuseUnknownKeysOfOthers(steps, layers, problems);
    problems.throwIfAny();
    for (String step : only) {
      if (!steps.contains(step)) {
        throw Stop.usage(
            "--step %s: the steps of %s are %s",
            step, settings.orElseThrow().useCase(), String.join(", ", steps));
      }
    }
    bound.removeIf(b -> !only.isEmpty() && !only.contains(b.job().name()));
    refuseSharedScores(
        settings.orElseThrow().useCase(), bound.stream().map(BoundJob::job).toList());
    return new Bound(settings.orElseThrow(), bound, layers.only(binder.keys()));
  }

  /** The later would replace what the earlier published, under a report that both were. */
  static void refuseSharedScores(String useCase, List<? extends Job<?>> steps) {
    List<String> scoring =
        steps.stream()
            .filter(job -> job.outputs().stream().anyMatch(o -> o.startsWith("scores/USE_CASE")))
            .map(Job::name)
            .toList();
    if (scoring.size() > 1) {
      throw Stop.usage(
          "steps %s each publish scores/%s, where the last would replace the others' rows;"
              + " accepted: one step that scores in a use case (run one with --step, or write a"
              + " use case for each)",
          String.join(", ", scoring), useCase);
    }
  }

  /** So that problems of the jobs are told together with those of the settings. */
  private static List<String> stepsAsWritten(Layers layers) {
    return layers.user().hasPath("steps") && layers.user().getValue("steps") instanceof ConfigList l
        ? l.stream().map(v -> String.valueOf(v.unwrapped())).distinct().toList()
        : List.of();
  }

  /** A block of a job that is no step may be incomplete, but not misspelt. */
  private void refuseUnknownKeysOfOthers(List<String> steps, Layers layers, Problems problems) {
    Problems others = new Problems();
    byName.forEach(
        (name, job) -> {
          if (!steps.contains(name) && layers.user().hasPath(name)) {
            var unused = bound(job, layers, new Binder(others));
          }
        });
    problems.addUnknownKeys(others);
  }

  private static <C extends Record> Optional<BoundJob<C>> bound(
      Job<C> job, Layers layers, Binder binder) {
    return binder.bind(job.config(), job.name(), layers).map(c -> new BoundJob<>(job, c));
  }

  private void refuseUnknownBlocks(Layers layers, Problems problems) {
    Map<String, List<String>> families =
        byName.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    n -> n.substring(0, n.indexOf('.')), TreeMap::new, Collectors.toList()));
    layers
        .user()
        .root()
        .forEach(
            (key, value) -> {
              if (value.valueType() != ConfigValueType.OBJECT || Problems.isSetting(key)) {
                return;
              }
              if (!families.containsKey(key)) {
                List<String> known = new ArrayList<>(families.keySet());
                known.addAll(Problems.settings());
                problems.unknownKey(value, key, known);
                return;
              }
              ((ConfigObject) value)
                  .forEach(
                      (job, block) -> {
                        String name = key + "." + job;
                        if (!byName.containsKey(name)) {
                          problems.unknownKey(block, name, families.get(key));
                        }
                      });
            });
  }
}

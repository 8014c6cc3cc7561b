package org.millrace.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.deep.data.Augmentation;
import org.millrace.deep.data.Input;
import org.millrace.deep.data.Label;
import org.millrace.deep.data.NamedInput;
import org.millrace.deep.data.SeriesWindows;
import org.millrace.deep.data.Words;
import org.millrace.deep.dl4j.Definitions;
import org.millrace.deep.dl4j.averaging.ParameterAveragingTrainer;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Averaging;
import org.millrace.deep.train.Stopping;
import org.millrace.deep.train.Strategy;
import org.millrace.deep.train.SynchronousTrainer;
import org.millrace.deep.train.TrainingPlan;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.ErrorTally;
import org.millrace.eval.Holdout;
import org.millrace.job.GateCheck;
import org.millrace.model.Gate;
import org.millrace.outcome.Stop;
import org.millrace.table.TableRef;

/**
 * The keys of {@link Train}; defaults and meanings are in {@code reference.conf}.
 *
 * @param windows makes the examples of time series; inputs and label are columns of the windows
 *     then
 * @param keys columns by which rows are held out together; empty for the contract's key
 * @param ranks replicas that train at once, each on a task slot of its own
 * @param batchSize examples of one replica's step
 */
public record TrainConfig(
    TableRef examples,
    Optional<SeriesWindows> windows,
    List<NamedInput> inputs,
    Label label,
    Architecture network,
    Task.Loss loss,
    Optimization optimization,
    int ranks,
    int batchSize,
    Trainer strategy,
    TrainingPlan training,
    Augmentation augmentation,
    Optional<Holdout> validation,
    Holdout holdout,
    List<String> keys,
    Optional<String> time,
    Baseline baseline,
    long seed,
    Optional<Gate> gate) {

  /** Who trains. */
  public enum Trainer {
    /** All replicas take each step together. */
    SYNCHRONOUS {
      @Override
      Strategy strategy() {
        return new SynchronousTrainer();
      }
    },
    /** dl4j-spark: a Spark job for each average. */
    PARAMETER_AVERAGING {
      @Override
      Strategy strategy() {
        return new ParameterAveragingTrainer();
      }
    };

    abstract Strategy strategy();
  }

  public TrainConfig {
    Check.that(ranks >= 1 && ranks <= 4096, "ranks", ranks, "1..4096");
    Check.that(batchSize >= 1 && batchSize <= 65_536, "batch-size", batchSize, "1..65536");
    Check.that(!inputs.isEmpty(), "inputs", inputs, "a list of one input or more");
    boolean needsTime = holdout instanceof Holdout.ByTime || holdout instanceof Holdout.LastN;
    Check.that(
        !needsTime || time.isPresent() || windows.isPresent(),
        "time",
        "absent",
        "the name of a timestamp column, since holdout.kind goes by time");
    Check.that(
        !(training.stopping() instanceof Stopping.Early) || validation.isPresent(),
        "training",
        "early stopping without validation rows",
        "stopping { kind = never }, or a block validation { kind = fraction } beside it");
    Check.that(
        strategy == Trainer.SYNCHRONOUS || training.averaging() instanceof Averaging.Parameters,
        "strategy",
        "parameter-averaging",
        "synchronous; or training.averaging { kind = parameters } beside it");
    Check.that(
        optimization.precision() == Precision.FLOAT,
        "optimization",
        "precision = half",
        "precision = float: Deeplearning4j's half precision is many times slower on processors and does not train here");
    if (network instanceof Architecture.Definition definition) {
      requireDefinition(definition);
    }
    GateCheck.that(gate, metrics(label));
    inputs = List.copyOf(inputs);
    keys = List.copyOf(keys);
    requireShapes(inputs, network, task(label, draftOutputs(label), loss));
  }

  private static void requireDefinition(Architecture.Definition definition) {
    try {
      Check.that(
          Definitions.onClasspath().get(definition.name()) != null,
          "network",
          definition.name(),
          "the name of a definition");
    } catch (Stop unknown) {
      throw new IllegalArgumentException(unknown.getMessage(), unknown);
    }
  }

  /** Before Spark starts; of the classes only the number is not known yet. */
  private static void requireShapes(List<NamedInput> inputs, Architecture network, Task task) {
    try {
      Network checked = new Network(draftInputs(inputs), network, task);
      Check.that(checked.inputs().size() == inputs.size(), "inputs", inputs, "a list of inputs");
    } catch (Stop unfit) {
      throw new IllegalArgumentException(unfit.getMessage(), unfit);
    }
  }

  /** The columns that the table must have. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (windows.isPresent()) {
      columns.addAll(Windowed.columns(windows.get()));
    } else {
      inputs.forEach(input -> columns.addAll(input.input().columns()));
      columns.addAll(label.columns());
      columns.addAll(keys);
      time.ifPresent(columns::add);
    }
    return columns.stream().distinct().toList();
  }

  static List<String> metrics(Label label) {
    return label instanceof Label.Classes ? ClassificationTally.names() : ErrorTally.names();
  }

  static Task task(Label label, int outputs, Task.Loss loss) {
    return label instanceof Label.Classes
        ? new Task.Classes(outputs)
        : new Task.Numbers(outputs, loss);
  }

  private static int draftOutputs(Label label) {
    return label instanceof Label.Numbers numbers ? numbers.count() : 2;
  }

  private static List<NetworkInput> draftInputs(List<NamedInput> inputs) {
    return inputs.stream().map(i -> new NetworkInput(i.name(), draft(i.input()))).toList();
  }

  /** The shape before anything is fitted: a vocabulary may turn out smaller. */
  private static Shape draft(Input input) {
    if (input instanceof Input.Image image) {
      return new Shape.Image(image.height(), image.width(), image.channels());
    } else if (input instanceof Input.Text text) {
      int words = text.words() instanceof Words.Fitted fitted ? fitted.size() : 2;
      return new Shape.Tokens(text.maxTokens(), words);
    } else if (input instanceof Input.Sequence sequence) {
      return new Shape.Sequence(sequence.maxSteps(), sequence.features());
    } else if (input instanceof Input.Audio audio) {
      int coefficients = audio.cepstrum().coefficients();
      return audio.form() == Input.Form.IMAGE
          ? new Shape.Image(audio.frames(), coefficients, 1)
          : new Shape.Sequence(audio.frames(), coefficients);
    }
    return new Shape.Flat(((Input.Numbers) input).columns().size());
  }
}

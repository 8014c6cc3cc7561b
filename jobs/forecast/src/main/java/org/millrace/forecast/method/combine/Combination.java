package org.millrace.forecast.method.combine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.Reach;
import org.millrace.forecast.series.History;

/**
 * Several methods together: each mean and each quantile is the mean or the median of theirs. A
 * method that makes nothing of a series is left out, and so is one whose forecast is out of {@link
 * Reach}, unless all are; the description says so.
 *
 * <p>Sources: Bates and Granger, The combination of forecasts, Operational Research Quarterly 20
 * (1969); Petropoulos and Svetunkov, A simple combination of univariate models, IJF 36 (2020), for
 * the median; Lichtendahl, Grushka-Cockayne and Winkler, Is it better to average probabilities or
 * quantiles?, Management Science 59 (2013), for quantiles.
 */
public final class Combination implements Method {
  private static final long serialVersionUID = 1L;

  private final List<Method> members;
  private final Average average;

  /** How forecasts are put together. */
  public enum Average {
    MEAN {
      @Override
      double of(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
      }
    },
    MEDIAN {
      @Override
      double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
      }
    };

    abstract double of(double[] values);
  }

  public Combination(List<Method> members, Average average) {
    this.members = new ArrayList<>(members);
    this.average = average;
  }

  @Override
  public String name() {
    return (average == Average.MEAN ? "mean-of" : "median-of")
        + "("
        + String.join(",", members.stream().map(Method::name).toList())
        + ")";
  }

  @Override
  public double cost(int length, int[] periods) {
    return members.stream().mapToDouble(m -> m.cost(length, periods)).sum();
  }

  @Override
  public Fitted fit(History history) throws Unfit {
    List<Fitted> fitted = new ArrayList<>();
    List<String> found = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Method member : members) {
      try {
        Fitted one = member.fit(history);
        fitted.add(one);
        found.add(one.description());
      } catch (Unfit e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e; // The time is over for all of them.
        }
        reasons.add("without " + member.name() + ": " + e.getMessage());
      }
    }
    if (fitted.isEmpty()) {
      throw new Unfit(String.join("; ", reasons));
    }
    found.addAll(reasons);
    return new Together(fitted, average, Reach.of(history), String.join("; ", found));
  }

  private record Together(List<Fitted> members, Average average, Reach reach, String description)
      implements Fitted {
    @Override
    public Prediction predict(int horizon, double[][] future) {
      List<Prediction> all = new ArrayList<>();
      List<Prediction> within = new ArrayList<>();
      List<String> notes = new ArrayList<>();
      for (Fitted member : members) {
        Prediction prediction = member.predict(horizon, future);
        all.add(prediction);
        reach
            .leftBy(prediction)
            .ifPresentOrElse(
                why -> notes.add("without " + member.description() + ": " + why),
                () -> within.add(prediction));
      }
      List<Prediction> predictions = within.isEmpty() ? all : within;
      String note = within.isEmpty() ? "" : String.join("; ", notes);
      return new Prediction() {
        @Override
        public int horizon() {
          return horizon;
        }

        @Override
        public double mean(int step) {
          return average(predictions, p -> p.mean(step));
        }

        @Override
        public double quantile(int step, double probability) {
          return average(predictions, p -> p.quantile(step, probability));
        }

        @Override
        public String note() {
          return note;
        }
      };
    }

    /** Those of the average forecast, which are the averages of the members' errors. */
    @Override
    public double[] errors() {
      List<double[]> all = members.stream().map(Fitted::errors).toList();
      int length = all.stream().mapToInt(e -> e.length).min().orElse(0);
      double[] errors = new double[length];
      for (int t = 0; t < length; t++) {
        int back = length - t;
        errors[t] = average.of(all.stream().mapToDouble(e -> e[e.length - back]).toArray());
      }
      return errors;
    }

    private double average(List<Prediction> predictions, ToDoubleFunction<Prediction> number) {
      return average.of(predictions.stream().mapToDouble(number).toArray());
    }
  }
}

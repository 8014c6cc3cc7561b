package org.millrace.risk.drift;

import java.util.List;

/**
 * What later rows are held against.
 *
 * @param features columns that features are made of, over the training rows
 * @param scores what the model said of held-out rows: of rows that it has learnt from it would say
 *     more than it knows
 */
public record Baseline(String format, List<Distribution> features, List<Distribution> scores) {
  private static final String FORMAT = "millrace-drift/1";

  /** Nothing to hold rows against. */
  public static final Baseline NONE = new Baseline(List.of(), List.of());

  public Baseline {
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException(
          "it is of format %s, and this code reads %s".formatted(format, FORMAT));
    }
    features = List.copyOf(features);
    scores = List.copyOf(scores);
  }

  public Baseline(List<Distribution> features, List<Distribution> scores) {
    this(FORMAT, features, scores);
  }
}

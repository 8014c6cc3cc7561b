package org.millrace.deep.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Adds up what steps tell: losses, weights, rows and times. */
final class Tally {
  @JsonProperty double loss;
  @JsonProperty double weight;
  @JsonProperty long rows;
  @JsonProperty long nanos;
  @JsonProperty long exchangeNanos;

  void add(Tally other) {
    loss += other.loss;
    weight += other.weight;
    rows += other.rows;
    nanos += other.nanos;
    exchangeNanos += other.exchangeNanos;
  }

  void clear() {
    loss = 0;
    weight = 0;
    rows = 0;
    nanos = 0;
    exchangeNanos = 0;
  }

  double meanLoss() {
    return loss / weight;
  }

  double seconds() {
    return nanos / 1e9;
  }

  double exchangeShare() {
    return nanos == 0 ? 0 : (double) exchangeNanos / nanos;
  }
}

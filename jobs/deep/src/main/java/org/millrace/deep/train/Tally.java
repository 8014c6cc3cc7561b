package org.millrace.deep.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.millrace.deep.train.Replica.Loss;

/** Adds up what steps tell: losses, weights, rows and times. */
public final class Tally {
  @JsonProperty double loss;
  @JsonProperty double weight;
  @JsonProperty long rows;
  @JsonProperty long nanos;
  @JsonProperty long exchangeNanos;

  public void add(Tally other) {
    loss += other.loss;
    weight += other.weight;
    rows += other.rows;
    nanos += other.nanos;
    exchangeNanos += other.exchangeNanos;
  }

  /** Adds steps that were taken together. */
  public void add(Loss steps, long ofRows, long ofNanos, long ofExchange) {
    loss += steps.sum();
    weight += steps.weight();
    rows += ofRows;
    nanos += ofNanos;
    exchangeNanos += ofExchange;
  }

  public long rows() {
    return rows;
  }

  public void clear() {
    loss = 0;
    weight = 0;
    rows = 0;
    nanos = 0;
    exchangeNanos = 0;
  }

  public double meanLoss() {
    return loss / weight;
  }

  public double seconds() {
    return nanos / 1e9;
  }

  public double exchangeShare() {
    return nanos == 0 ? 0 : (double) exchangeNanos / nanos;
  }
}

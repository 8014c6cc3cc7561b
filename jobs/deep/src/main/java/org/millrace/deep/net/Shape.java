package org.millrace.deep.net;

import java.io.Serializable;

/** The shape of one example on one input of a network, or between two of its layers. */
public sealed interface Shape extends Serializable {
  /** Numbers in one example. */
  int size();

  /** As a sentence names it, such as {@code image 28 x 28 x 1}. */
  String describe();

  /** Rows, columns, channels; stored channel by channel, each row by row. */
  record Image(int height, int width, int channels) implements Shape {
    @Override
    public int size() {
      return height * width * channels;
    }

    @Override
    public String describe() {
      return "image %d x %d x %d".formatted(height, width, channels);
    }
  }

  /** At most {@code steps} vectors of {@code features} numbers; stored step by step. */
  record Sequence(int steps, int features) implements Shape {
    @Override
    public int size() {
      return steps * features;
    }

    @Override
    public String describe() {
      return "sequence of %d steps x %d features".formatted(steps, features);
    }
  }

  /** At most {@code steps} token ids in 0..vocabulary-1. */
  record Tokens(int steps, int vocabulary) implements Shape {
    @Override
    public int size() {
      return steps;
    }

    @Override
    public String describe() {
      return "%d token ids of a vocabulary of %d".formatted(steps, vocabulary);
    }
  }

  /** Numbers without an order. */
  record Flat(int size) implements Shape {
    @Override
    public String describe() {
      return "%d numbers".formatted(size);
    }
  }
}

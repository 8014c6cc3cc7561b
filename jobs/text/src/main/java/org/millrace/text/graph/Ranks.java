package org.millrace.text.graph;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Ranks of true answers among all entities that are not known to be true as well (the filtered
 * setting; Bordes et al., 2013). Among entities of equal score the answer stands in the middle, as
 * pykeen's realistic rank does, so that a model that scores all alike gains nothing.
 *
 * <p>A query is an array {entity, relation or inverse, answer, known...}, where known are all true
 * answers of the same question, each once.
 */
final class Ranks implements Iterator<Ranks.Ranked> {
  private final Embedding model;
  private final Iterator<int[]> queries;
  private final int[][] held;
  private float[] scores = {};
  private int size;
  private int next;

  Ranks(Embedding model, Iterator<int[]> queries) {
    this.model = model;
    this.queries = queries;
    this.held = new int[model.block()][];
  }

  /**
   * A query's relation (or inverse) and the rank of its answer.
   *
   * @param rank 1 for the best; halves where an even number of entities score alike
   */
  record Ranked(int relation, double rank) {}

  @Override
  public boolean hasNext() {
    return next < size || queries.hasNext();
  }

  @Override
  public Ranked next() {
    if (next == size) {
      fill();
    }
    int entities = model.entityCount();
    int[] query = held[next];
    int[] known = Arrays.copyOfRange(query, 3, query.length);
    return new Ranked(query[1], rank(scores, next++ * entities, entities, query[2], known));
  }

  private void fill() {
    int[] anchors = new int[held.length];
    int[] by = new int[held.length];
    next = 0;
    size = 0;
    while (size < held.length && queries.hasNext()) {
      held[size] = queries.next();
      anchors[size] = held[size][0];
      by[size] = held[size][1];
      size++;
    }
    if (size == 0) {
      throw new NoSuchElementException();
    }
    scores = model.scores(anchors, by, size);
  }

  static double rank(float[] scores, int offset, int entities, int answer, int[] known) {
    float own = scores[offset + answer];
    int above = 0;
    int same = 0;
    for (int i = offset; i < offset + entities; i++) {
      above += scores[i] > own ? 1 : 0;
      same += scores[i] == own ? 1 : 0;
    }
    for (int other : known) {
      if (other != answer) {
        above -= scores[offset + other] > own ? 1 : 0;
        same -= scores[offset + other] == own ? 1 : 0;
      }
    }
    return 1 + above + (same - 1) / 2.0;
  }

  /** Mean reciprocal rank; NaN without queries. */
  static double mrr(Embedding model, Iterator<int[]> queries) {
    Ranks ranks = new Ranks(model, queries);
    double sum = 0;
    long count = 0;
    while (ranks.hasNext()) {
      sum += 1 / ranks.next().rank();
      count++;
    }
    return sum / count;
  }
}

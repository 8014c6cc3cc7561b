package org.millrace.text.graph;

import dev.ludovic.netlib.blas.BLAS;
import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * The vectors of entities and relations. Relations are numbered 0 to r - 1, and r + i is the
 * inverse of relation i: a question for the head of a triple is one for the tail by the inverse.
 */
public final class Embedding implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final BLAS BLAS_IN_USE = BLAS.getInstance();

  /** Floats of scores that are held at once: 16 MB. */
  private static final int SCORES = 1 << 22;

  private final Scoring scoring;
  private final float[] entities;
  private final float[] relations;
  private final int width;

  /**
   * Vectors that are there.
   *
   * @param entities a vector an entity, one behind the other
   * @param relations a vector a relation, inverse ones behind
   * @param width floats of a vector
   */
  public Embedding(Scoring scoring, float[] entities, float[] relations, int width) {
    this.scoring = scoring;
    this.entities = entities;
    this.relations = relations;
    this.width = width;
  }

  /** Small random vectors. */
  static Embedding random(Scoring scoring, int dimension, int entities, int relations, long seed) {
    int width = scoring.width(dimension);
    SplittableRandom chance = new SplittableRandom(seed);
    float scale = scoring.isDistance() ? 0.5f : 0.1f;
    return new Embedding(
        scoring,
        vectors(entities, width, scale, chance),
        vectors(2 * relations, width, scale, chance),
        width);
  }

  private static float[] vectors(int rows, int width, float scale, SplittableRandom chance) {
    float[] values = new float[Math.multiplyExact(rows, width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * (float) (2 * chance.nextDouble() - 1);
    }
    return values;
  }

  public Scoring scoring() {
    return scoring;
  }

  float[] entities() {
    return entities;
  }

  float[] relations() {
    return relations;
  }

  public int width() {
    return width;
  }

  public int entityCount() {
    return entities.length / width;
  }

  /** Without the inverse ones. */
  public int relationCount() {
    return relations.length / width / 2;
  }

  Embedding copy() {
    return new Embedding(scoring, entities.clone(), relations.clone(), width);
  }

  /** Queries whose scores may be held at once. */
  public int block() {
    return Math.max(1, Math.min(256, SCORES / entityCount()));
  }

  /**
   * Scores of all entities as answers of queries.
   *
   * @param anchors the entities that the queries begin at
   * @param by their relations
   * @param n how many queries there are
   * @return n rows of entityCount scores
   */
  public float[] scores(int[] anchors, int[] by, int n) {
    float[] queries = new float[n * width];
    for (int i = 0; i < n; i++) {
      scoring.compose(
          entities, anchors[i] * width, relations, by[i] * width, queries, i * width, width);
    }
    float[] scores = new float[Math.multiplyExact(n, entityCount())];
    products(scoring, queries, n, entities, entityCount(), width, scores);
    if (scoring.isDistance()) {
      for (int i = 0; i < n; i++) {
        float own = squared(queries, i * width, width);
        for (int j = 0; j < entityCount(); j++) {
          scores[i * entityCount() + j] -= own;
        }
      }
    }
    return scores;
  }

  /** Scores up to a constant a query: products, or twice the product less the squared length. */
  static void products(
      Scoring scoring, float[] queries, int n, float[] answers, int m, int width, float[] scores) {
    float twice = scoring.isDistance() ? 2 : 1;
    BLAS_IN_USE.sgemm("T", "N", m, n, width, twice, answers, width, queries, width, 0, scores, m);
    if (scoring.isDistance()) {
      for (int j = 0; j < m; j++) {
        float own = squared(answers, j * width, width);
        for (int i = 0; i < n; i++) {
          scores[i * m + j] -= own;
        }
      }
    }
  }

  static float squared(float[] values, int from, int width) {
    float sum = 0;
    for (int i = from; i < from + width; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }
}

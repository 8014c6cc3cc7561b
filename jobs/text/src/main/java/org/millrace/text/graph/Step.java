package org.millrace.text.graph;

import dev.ludovic.netlib.blas.BLAS;
import java.util.SplittableRandom;

/** A step of learning: the gradient of a batch of queries, and Adagrad. */
final class Step {
  private static final BLAS BLAS_IN_USE = BLAS.getInstance();

  private final Embedding model;
  private final Scoring scoring;
  private final int width;
  private final float regularization;
  private final Adagrad entities;
  private final Adagrad relations;
  private final int[] columnOf;

  Step(Embedding model, Combination combination) {
    this.model = model;
    this.scoring = model.scoring();
    this.width = model.width();
    this.regularization = (float) combination.regularization();
    float rate = (float) combination.learningRate();
    this.entities = new Adagrad(model.entities(), width, rate);
    this.relations = new Adagrad(model.relations(), width, rate);
    this.columnOf = new int[model.entityCount()];
    java.util.Arrays.fill(columnOf, -1);
  }

  /**
   * Against all entities.
   *
   * @param batch entity, relation and answer of each query
   * @return the sum of the queries' cross-entropies
   */
  double all(int[] batch) {
    int n = batch.length / 3;
    int[] columns = new int[n];
    for (int i = 0; i < n; i++) {
      columns[i] = batch[3 * i + 2];
    }
    float[] gradient = new float[model.entities().length];
    double loss = learn(batch, model.entities(), columns, gradient);
    entities.addAll(gradient);
    update();
    return loss;
  }

  /** Against the batch's answers and drawn entities. */
  double sampled(int[] batch, int drawn, SplittableRandom chance) {
    int n = batch.length / 3;
    int[] chosen = new int[n + drawn];
    int[] columns = new int[n];
    int m = 0;
    for (int i = 0; i < n + drawn; i++) {
      int entity = i < n ? batch[3 * i + 2] : chance.nextInt(columnOf.length);
      if (columnOf[entity] < 0) {
        columnOf[entity] = m;
        chosen[m++] = entity;
      }
      if (i < n) {
        columns[i] = columnOf[entity];
      }
    }
    float[] candidates = new float[m * width];
    for (int j = 0; j < m; j++) {
      System.arraycopy(model.entities(), chosen[j] * width, candidates, j * width, width);
      columnOf[chosen[j]] = -1;
    }
    float[] gradient = new float[m * width];
    double loss = learn(batch, candidates, columns, gradient);
    for (int j = 0; j < m; j++) {
      entities.add(chosen[j], gradient, j * width);
    }
    update();
    return loss;
  }

  private void update() {
    entities.update();
    relations.update();
  }

  /**
   * Writes the gradient of the candidates, and adds those of the queries' entities and relations.
   *
   * @param columns of the answers among the candidates
   */
  private double learn(int[] batch, float[] candidates, int[] columns, float[] gradient) {
    int n = batch.length / 3;
    int m = candidates.length / width;
    float[] queries = new float[n * width];
    for (int i = 0; i < n; i++) {
      scoring.compose(
          model.entities(),
          batch[3 * i] * width,
          model.relations(),
          batch[3 * i + 1] * width,
          queries,
          i * width,
          width);
    }
    float[] scores = new float[Math.multiplyExact(n, m)];
    Embedding.products(scoring, queries, n, candidates, m, width, scores);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      loss += Softmax.slope(scores, i * m, m, columns[i], 1f / n);
    }
    float twice = scoring.isDistance() ? 2 : 1;
    BLAS_IN_USE.sgemm("N", "T", width, m, n, twice, queries, width, scores, m, 0, gradient, width);
    float[] ofQueries = new float[n * width];
    BLAS_IN_USE.sgemm(
        "N", "N", width, n, m, twice, candidates, width, scores, m, 0, ofQueries, width);
    if (scoring.isDistance()) {
      pullTogether(candidates, scores, n, m, gradient);
    }
    float weight = regularization / n;
    for (int i = 0; i < n; i++) {
      int from = batch[3 * i] * width;
      int by = batch[3 * i + 1] * width;
      float[] e = entities.row(batch[3 * i]);
      float[] r = relations.row(batch[3 * i + 1]);
      scoring.pull(model.relations(), by, ofQueries, i * width, e, from, width);
      scoring.pull(model.entities(), from, ofQueries, i * width, r, by, width);
      scoring.penalize(model.entities(), from, weight, e, from, width);
      scoring.penalize(model.relations(), by, weight, r, by, width);
      scoring.penalize(candidates, columns[i] * width, weight, gradient, columns[i] * width, width);
    }
    return loss;
  }

  /** The slope of the candidates' own squared lengths, which distances have besides. */
  private void pullTogether(float[] candidates, float[] slopes, int n, int m, float[] gradient) {
    for (int j = 0; j < m; j++) {
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += slopes[i * m + j];
      }
      for (int k = j * width; k < (j + 1) * width; k++) {
        gradient[k] -= 2 * sum * candidates[k];
      }
    }
  }
}

package org.millrace.text.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** A model with the names of its entities and relations, which predicts answers. */
public final class Predictor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Embedding model;
  private final String[] entities;
  private final Map<String, Integer> entityNumbers = new HashMap<>();
  private final Map<String, Integer> relationNumbers = new HashMap<>();

  /**
   * A predictor.
   *
   * @param entities names by number
   * @param relations names by number, without inverse ones
   * @param inverse the mark before inverse ones
   */
  public Predictor(Embedding model, String[] entities, String[] relations, String inverse) {
    this.model = model;
    this.entities = entities.clone();
    for (int i = 0; i < entities.length; i++) {
      entityNumbers.put(entities[i], i);
    }
    for (int i = 0; i < relations.length; i++) {
      relationNumbers.put(relations[i], i);
      relationNumbers.put(inverse + relations[i], relations.length + i);
    }
  }

  /**
   * A predicted answer.
   *
   * @param probability the share of its exponentiated score among those of all entities
   */
  public record Prediction(String answer, double probability) {}

  /** Whether the model has vectors of both. */
  public boolean knows(String entity, String relation) {
    return entityNumbers.containsKey(entity) && relationNumbers.containsKey(relation);
  }

  /**
   * The likeliest answers, best first; equal ones in the order of their names.
   *
   * @param without answers that are known already
   */
  public List<Prediction> best(String entity, String relation, Set<String> without, int atMost) {
    if (!knows(entity, relation)) {
      return List.of();
    }
    float[] scores =
        model.scores(
            new int[] {entityNumbers.get(entity)}, new int[] {relationNumbers.get(relation)}, 1);
    double total = Softmax.logSum(scores, 0, scores.length);
    Set<Integer> left = new HashSet<>();
    without.forEach(name -> left.add(entityNumbers.getOrDefault(name, -1)));
    PriorityQueue<Integer> kept =
        new PriorityQueue<>(
            (a, b) -> scores[a] == scores[b] ? b - a : Float.compare(scores[a], scores[b]));
    for (int i = 0; i < scores.length; i++) {
      if (!left.contains(i)) {
        kept.add(i);
        if (kept.size() > atMost) {
          kept.remove();
        }
      }
    }
    List<Prediction> best = new ArrayList<>();
    while (!kept.isEmpty()) {
      int entityNumber = kept.remove();
      best.add(0, new Prediction(entities[entityNumber], Math.exp(scores[entityNumber] - total)));
    }
    return best;
  }
}

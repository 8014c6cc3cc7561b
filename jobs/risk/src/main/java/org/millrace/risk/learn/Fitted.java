package org.millrace.risk.learn;

import java.util.Map;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Predictor;

/**
 * What a learner has learnt.
 *
 * @param rounds that were worth while, for learners that go by rounds and stop early; else 0
 * @param description a sentence for the model card
 * @param files name to content: the same model as the learner's library writes it
 */
public record Fitted(
    Predictor predictor, Link link, int rounds, String description, Map<String, byte[]> files) {

  public Fitted {
    files = Map.copyOf(files);
  }

  /** Of a learner whose library has no file of its own. */
  public Fitted(Predictor predictor, Link link, int rounds, String description) {
    this(predictor, link, rounds, description, Map.of());
  }

  /** The same for those who only predict. */
  public Fitted withoutFiles() {
    return new Fitted(predictor, link, rounds, description);
  }
}

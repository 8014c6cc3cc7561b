package org.millrace.text.graph;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * How vectors are learnt.
 *
 * @param epochs the most passes over the triples
 * @param batch queries a step
 * @param checkEvery epochs between looks at the validation triples
 * @param patience looks without a gain after which training ends
 * @param seed of first vectors, orders and drawn candidates
 */
public record TrainingOptions(
    int epochs, int batch, Candidates candidates, int checkEvery, int patience, long seed)
    implements Serializable {

  public TrainingOptions {
    Check.that(epochs >= 1 && epochs <= 100_000, "epochs", epochs, "a whole number in 1..100000");
    Check.that(batch >= 1 && batch <= 100_000, "batch", batch, "a whole number in 1..100000");
    Check.that(checkEvery >= 1, "check-every", checkEvery, "a whole number of at least 1");
    Check.that(patience >= 1, "patience", patience, "a whole number of at least 1");
  }

  /** Entities that an answer is held against while vectors are learnt. */
  public sealed interface Candidates extends Serializable {

    /** All entities: exact; a step costs as much as there are. */
    record All() implements Candidates {}

    /**
     * The answers of the other queries of the step, and some entities drawn for it.
     *
     * @param entities drawn for each step
     */
    record Sampled(int entities) implements Candidates {
      public Sampled {
        Check.that(
            entities >= 1 && entities <= 1_000_000,
            "entities",
            entities,
            "a whole number in 1..1000000");
      }
    }
  }
}

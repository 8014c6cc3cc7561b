package org.millrace.risk.learn;

import org.millrace.risk.model.Link;
import org.millrace.risk.model.Predictor;

/**
 * What a learner has learnt.
 *
 * @param rounds that were worth while, for learners that go by rounds and stop early; else 0
 * @param description a sentence for the model card
 */
public record Fitted(Predictor predictor, Link link, int rounds, String description) {}

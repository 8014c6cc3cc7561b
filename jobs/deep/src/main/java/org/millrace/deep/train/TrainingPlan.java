package org.millrace.deep.train;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * How long and in which way ranks train together.
 *
 * @param seed of what is random in the training; the batches and the initial parameters have their
 *     own
 * @param hashCheckEvery steps between two comparisons of all ranks' parameters, 0 for never
 * @param reportEvery steps between two points of the learning curve, 0 for epochs only
 * @param evaluateEvery epochs between two evaluations; the last epoch is evaluated anyway
 * @param maxAttempts how often in a row the ranks are started without coming to a new checkpoint
 * @param timeoutSeconds how long a rank waits for the others in a step before it calls them lost;
 *     more than the slowest step with its checkpoint takes
 */
public record TrainingPlan(
    int epochs,
    long seed,
    Averaging averaging,
    int hashCheckEvery,
    int reportEvery,
    int evaluateEvery,
    Checkpoints checkpoints,
    Stopping stopping,
    int maxAttempts,
    int timeoutSeconds)
    implements Serializable {
  public TrainingPlan {
    Check.that(epochs >= 1, "epochs", epochs, "1 or more epochs");
    Check.that(hashCheckEvery >= 0, "hash-check-every", hashCheckEvery, "0 (never) or more steps");
    Check.that(reportEvery >= 0, "report-every", reportEvery, "0 (epochs only) or more steps");
    Check.that(evaluateEvery >= 1, "evaluate-every", evaluateEvery, "1 or more epochs");
    Check.that(maxAttempts >= 1, "max-attempts", maxAttempts, "1 or more attempts");
    Check.that(
        timeoutSeconds >= 1 && timeoutSeconds <= 3600,
        "timeout-seconds",
        timeoutSeconds,
        "1..3600 seconds");
  }
}

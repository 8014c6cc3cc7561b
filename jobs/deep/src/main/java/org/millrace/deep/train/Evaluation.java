package org.millrace.deep.train;

/**
 * The network on the validation rows of all ranks.
 *
 * @param loss mean over the rows' weights
 * @param accuracy share of rows whose class is the most probable one, NaN where targets are numbers
 */
public record Evaluation(long rows, double loss, double accuracy) {}

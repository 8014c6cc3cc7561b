package org.millrace.eval;

/**
 * A bin of the calibration curve.
 *
 * @param probability the mean of the probabilities that were told
 * @param accuracy the share of rows of which what was told came true
 */
public record CalibrationBin(long rows, double probability, double accuracy) {}

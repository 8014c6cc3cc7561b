package org.millrace.deep.train;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A finished training.
 *
 * @param state what {@link Replica#load} reads: the best epoch's with early stopping, or the last
 * @param epoch whose parameters these are, from 0
 * @param steps that each rank has taken
 * @param restarts how often the ranks were started again, by this driver
 */
public record Trained(
    Path state, int epoch, long steps, List<Epoch> epochs, List<Window> windows, int restarts) {}

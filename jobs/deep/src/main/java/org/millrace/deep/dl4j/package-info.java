/**
 * Deeplearning4j as an engine.
 *
 * <p>Gradients are sums over the rows of a batch, each times its weight; {@link
 * org.millrace.deep.dl4j.Step} divides the sum over all ranks by the weight of all rows, clips, and
 * leaves L2, updater and learning rate to DL4J. So it does not matter how rows are dealt to ranks,
 * but for the order in which numbers are added.
 *
 * <p>Batch-norm is the exception: each rank normalizes by the mean and variance of its own rows, as
 * data-parallel training mostly does, so that two ranks of 32 rows are not one of 64. The running
 * means and variances, with which the network scores, are parameters of DL4J whose gradient is the
 * change that a batch makes; ranks' changes are averaged by the weight of their rows. The running
 * variance is thus a mean of the ranks' variances and leaves out how far their means lie apart.
 */
package org.millrace.deep.dl4j;

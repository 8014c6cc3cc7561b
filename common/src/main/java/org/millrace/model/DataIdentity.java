package org.millrace.model;

/**
 * An input that a model was trained on.
 *
 * @param input the key of the input in the job's configuration, such as {@code ratings}
 * @param identity the hash that tells one state of the input from another
 * @param rows rows that entered the training, after rejects
 */
public record DataIdentity(String input, String path, String identity, long rows) {}

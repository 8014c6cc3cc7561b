package org.millrace.deep.net;

/**
 * A layer in a table of a network's layers.
 *
 * @param name its kind and its number, from 1: {@code conv-1}
 */
public record LayerRow(String name, Shape output, long parameters) {}

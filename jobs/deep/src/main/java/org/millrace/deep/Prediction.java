package org.millrace.deep;

import org.apache.spark.sql.Row;
import org.millrace.deep.data.Encoded;

/**
 * A row and what the network says of it.
 *
 * @param encoded what the network saw, or why it saw nothing
 * @param targets of the row: a class index or numbers; empty where rows have no label
 * @param outputs probabilities of the classes or numbers; empty where the row was refused
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares predictions.
record Prediction(Row row, Encoded encoded, float[] targets, float[] outputs) {}

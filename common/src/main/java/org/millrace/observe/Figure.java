package org.millrace.observe;

import java.util.Map;

/**
 * A number that a run tells to machines.
 *
 * @param name in Prometheus's way: small letters and underscores, the unit last
 * @param help what it is, in words
 * @param labels what it is a number of, in their order
 */
record Figure(String name, String help, Map<String, String> labels, double value) {}

package org.millrace.model;

import java.time.Instant;

/**
 * The file that says which version of a kind scoring takes by default.
 *
 * @param runId the run that trained the version
 * @param since when it was promoted
 */
record CurrentPointer(String version, String runId, Instant since) {}

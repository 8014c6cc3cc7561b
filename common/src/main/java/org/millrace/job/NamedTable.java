package org.millrace.job;

import java.util.List;
import org.millrace.table.TableRef;

/**
 * An input of a job.
 *
 * @param name its key in the job's configuration
 * @param needs columns that its contract must have for the job to work
 */
public record NamedTable(String name, TableRef ref, List<String> needs) {}

package org.millrace.job;

import java.util.List;
import java.util.Set;
import org.millrace.table.TableRef;

/**
 * An input of a job.
 *
 * @param name its key in the job's configuration
 * @param needs columns that its contract must have for the job to work
 * @param judged columns of text that the job also reads where they are damaged, or refuses itself:
 *     elsewhere a string with bytes of another encoding breaks the contract
 */
public record NamedTable(String name, TableRef ref, List<String> needs, Set<String> judged) {
  public NamedTable(String name, TableRef ref, List<String> needs) {
    this(name, ref, needs, Set.of());
  }

  /** The same input, of which the job judges a column of texts itself. */
  public NamedTable judging(String text) {
    return new NamedTable(name, ref, needs, Set.of(text));
  }
}

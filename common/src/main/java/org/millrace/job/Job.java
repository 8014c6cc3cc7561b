package org.millrace.job;

import java.util.List;

/**
 * A job: reads contracted tables, does its work, publishes contracted tables or a model. Found by
 * {@link java.util.ServiceLoader}; its keys are the components of its configuration record, their
 * defaults stand in the module's {@code reference.conf} under the job's name.
 *
 * @param <C> the configuration
 */
public interface Job<C extends Record> {

  /**
   * Family and name, such as {@code recommend.train-als}: the path of its block in a use-case file.
   */
  String name();

  /** What it does, in a line. */
  String summary();

  Class<C> config();

  /**
   * Contracts of what it reads, in words for {@code describe}; a use case may name stricter ones.
   */
  List<String> inputs();

  /** Contracts of what it publishes, or the model. */
  List<String> outputs();

  /**
   * The tables that a configuration makes it read, so that they can be checked before anything
   * runs.
   *
   * @param config valid by construction
   */
  List<NamedTable> tables(C config);

  /**
   * Looks whether it will be able to do its work, as far as that can be seen before: {@code
   * validate} asks, and a run before the job begins. What each value accepts by itself, and names
   * and types of the tables, are checked already. Writes nothing and reads no rows.
   *
   * @throws org.millrace.outcome.Stop with what is in the way
   */
  default void check(Prospect prospect, C config) {}

  /**
   * Task slots that it must have all at once, as the barrier stage of a training does; 0 where it
   * works with any number.
   *
   * @param config valid by construction
   */
  default int slotsAtOnce(C config) {
    return 0;
  }

  void run(Run run, C config);
}

package org.millrace.deep.train;

import java.time.Instant;
import java.util.Optional;

/**
 * A process of the same machine.
 *
 * @param process its number
 * @param started when, in milliseconds since 1970; 0 where the system does not tell
 */
record Neighbour(long process, long started) {
  static Neighbour self() {
    return of(ProcessHandle.current());
  }

  private static Neighbour of(ProcessHandle handle) {
    return new Neighbour(
        handle.pid(), handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  /** Whether there is no such process, or it cannot be seen from here. */
  boolean isGone() {
    Optional<ProcessHandle> handle = ProcessHandle.of(process);
    return handle.isEmpty() || !handle.get().isAlive() || of(handle.get()).started != started;
  }
}

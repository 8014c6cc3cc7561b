package org.millrace.features;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.features.windows.Lookback;
import org.millrace.table.TableRef;

/**
 * The keys of windows; defaults and meanings are in {@code reference.conf}.
 *
 * @param rows that get features; absent for the rows of the history themselves
 * @param output the published table's name
 * @param keys columns of both tables that say whose a row is
 */
public record WindowsConfig(
    TableRef history,
    String historyTime,
    Optional<TableRef> rows,
    Optional<String> rowTime,
    String output,
    List<String> keys,
    Lookback lookback) {

  public WindowsConfig {
    OutputNames.require(output);
    Check.that(!historyTime.isBlank(), "history-time", historyTime, "the name of a column");
    Check.that(!keys.isEmpty(), "keys", keys, "one column or more");
    Check.that(
        rows.isPresent() == rowTime.isPresent(),
        "row-time",
        rowTime.orElse("null"),
        "the column with the time of the rows where there is a table rows, else null");
    keys = List.copyOf(keys);
  }
}

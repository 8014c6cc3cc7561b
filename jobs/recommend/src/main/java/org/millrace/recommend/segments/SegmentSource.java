package org.millrace.recommend.segments;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.table.TableRef;

/** What users are compared by. */
public sealed interface SegmentSource {

  /**
   * Columns of a table with a row a user.
   *
   * @param table whose contract has the columns user and those named here
   * @param columns numbers
   * @param log those of the columns of which log(1 + x) is taken, for they are skewed
   */
  record Table(TableRef table, List<String> columns, List<String> log) implements SegmentSource {
    public Table {
      Columns.check(columns, log);
    }
  }

  /**
   * Columns of a table that this use case or another published under the same root for the same
   * date.
   *
   * @param name such as {@code shop-users}, of features.behaviour
   */
  record Published(String name, String contract, List<String> columns, List<String> log)
      implements SegmentSource {
    public Published {
      Check.that(
          name.matches("[a-z0-9][a-z0-9_-]*"), "name", name, "the name of a table, as shop-users");
      Columns.check(columns, log);
    }
  }

  /**
   * The users' factors in a model of recommend.train-als.
   *
   * @param version empty for the current one
   */
  record Model(Optional<String> version) implements SegmentSource {}

  /** Checks lists of columns. */
  final class Columns {
    private Columns() {}

    private static void check(List<String> columns, List<String> log) {
      Check.that(
          !columns.isEmpty() && columns.stream().distinct().count() == columns.size(),
          "columns",
          columns,
          "one or more columns, each once");
      Check.that(columns.containsAll(log), "log", log, "some of " + String.join(", ", columns));
    }
  }
}

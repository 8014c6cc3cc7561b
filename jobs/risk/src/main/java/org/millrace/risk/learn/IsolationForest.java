package org.millrace.risk.learn;

import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.risk.isolate.IsolationTrees;
import org.millrace.risk.isolate.Samples;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;

/**
 * The isolation forest of Liu, Ting and Zhou (2008), which looks at no label: rows that few random
 * cuts set apart from others are anomalies.
 *
 * @param trees 1 to 10000
 * @param rows that a tree is grown of, 2 to 65536
 */
public record IsolationForest(int trees, int rows) implements Learner {

  public IsolationForest {
    Check.that(trees >= 1 && trees <= 10_000, "trees", trees, "1 to 10000");
    Check.that(rows >= 2 && rows <= 65_536, "rows", rows, "2 to 65536");
    Check.that(
        (long) trees * rows <= 10_000_000,
        "rows",
        rows,
        "such that trees x rows is 10000000 at most");
  }

  @Override
  public String name() {
    return "isolation-forest";
  }

  @Override
  public String parameters() {
    return "trees %d, rows %d".formatted(trees, rows);
  }

  @Override
  public boolean learns(Task task) {
    return task == Task.BINARY || task == Task.ANOMALY;
  }

  @Override
  public Fitted fit(Examples examples, Optional<Examples> validation, long seed) {
    Samples samples = Samples.draw(examples.rows(), trees, rows, seed);
    return new Fitted(
        IsolationTrees.grow(samples.byTree(), seed),
        Link.POWER_OF_TWO,
        0,
        "An isolation forest, which looks at no label, with %s.".formatted(parameters()));
  }
}

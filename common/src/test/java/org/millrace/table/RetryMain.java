package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.store.Root;
import org.millrace.store.RunLock;

/** Reads a table in tasks whose first attempts fail behind the split, and publishes its rejects. */
final class RetryMain {
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private RetryMain() {}

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder().master("local[2,3]").config("spark.ui.enabled", false).getOrCreate();
    Path folder = Path.of(args[1]).resolve("retry");
    Fixture fixture = new Fixture(folder).contract("plain.v1", Fixture.PLAIN);
    TableRef ref = Fixture.ref(Path.of(args[0]), "plain.v1").format(TableRef.Format.CSV).build();
    CheckedTable table = fixture.open(spark, "input", ref);
    UDF1<String, Boolean> fails =
        u -> {
          if (TaskContext.get().attemptNumber() == 0) {
            FAILURES.incrementAndGet();
            throw new IllegalStateException("planted");
          }
          return true;
        };
    // Grouped, so that the last row of a file has gone through the split when the first one fails.
    long good =
        table
            .rows()
            .sortWithinPartitions("u")
            .filter(udf(fails, DataTypes.BooleanType).asNondeterministic().apply(col("u")))
            .count();
    Root root = Root.open(folder.toString(), spark.sparkContext().hadoopConfiguration());
    try (RunLock lock = RunLock.take(root, "t", Fixture.RUN, run -> {})) {
      Root.Partition target =
          new Root.Partition("published", new org.apache.hadoop.fs.Path(root.path(), "published"));
      new Publisher(root, Fixture.RUN, lock).publishRejects(List.of(table), target);
    }
    System.out.printf(
        "RESULT seen=%d rejected=%d good=%d failures=%d%n",
        table.seen(), table.rejected(), good, FAILURES.get());
    spark.stop();
  }
}

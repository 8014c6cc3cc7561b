package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.testing.LocalSpark;

final class RejectFilesTest {
  @TempDir java.nio.file.Path folder;

  /** Few bytes are converted on the driver, many by tasks; what is left is the same. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 0})
  void holdsEveryRejectOfEveryLog(long few) throws IOException {
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    List<Path> logs = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (int task = 0; task < 3; task++) {
      Path path = new Path(folder.toString(), "part-0000%d-g-%d.jsonl".formatted(task, task));
      logs.add(path);
      try (RejectLog log = RejectLog.create(path, hadoop)) {
        for (int i = 0; i <= task * 100; i++) {
          String row = "{\"text\":\"line\\nbreak \u00fc%d/%d\"}".formatted(task, i);
          rows.add(row);
          log.write(
              new RejectLog.Entry(
                  "input", row, List.of("a.type", "b.required"), List.of("x", "y"), "run"));
        }
      }
    }
    Path target = new Path(folder.toString(), "rejects");
    target.getFileSystem(hadoop).mkdirs(target);

    long written = new RejectFiles(logs, hadoop, few).write(target);

    assertThat(written).isEqualTo(rows.size());
    assertThat(target.getFileSystem(hadoop).listStatus(target))
        .extracting((FileStatus f) -> f.getPath().getName())
        .hasSize(3)
        .allMatch(name -> name.matches("part-0000\\d-g-\\d(-\\d+)?\\.parquet"));
    List<Row> read = LocalSpark.session().read().parquet(target.toString()).collectAsList();
    assertThat(read)
        .extracting(r -> r.<String>getAs("row"))
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(read)
        .allSatisfy(
            r -> {
              assertThat(r.<String>getList(r.fieldIndex("rules")))
                  .containsExactly("a.type", "b.required");
              assertThat(r.<String>getList(r.fieldIndex("reasons"))).containsExactly("x", "y");
              assertThat(r.<String>getAs("input")).isEqualTo("input");
              assertThat(r.<String>getAs("run_id")).isEqualTo("run");
            });
  }
}

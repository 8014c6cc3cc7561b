package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.testing.LocalSpark;

final class JudgedRowsTest {
  @TempDir Path folder;

  @Test
  void rejectedRowsAreLoggedWhileTheOthersFlowOn() {
    Dataset<Row> rows =
        LocalSpark.session()
            .sql(
                "select id, cast('xyz' as binary) as image, if(id % 4 = 0, 'image.size', null) as _rule,"
                    + " 'it is ' || id as _reason, struct(id as number, 'a' as letter) as _row"
                    + " from range(0, 10, 1, 3)");
    JudgedRows judged =
        JudgedRows.of(
            rows,
            "images",
            new JudgedRows.Verdict("_rule", "_reason", "_row"),
            Map.of("image.size", "an image of the stated size", "image.readable", "readable"),
            "run",
            new org.apache.hadoop.fs.Path(folder.toString()));

    assertThat(judged.rows().columns()).containsExactly("id", "image");
    assertThat(judged.rows().collectAsList())
        .extracting(r -> r.getLong(0))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 5L, 6L, 7L, 9L);
    assertThat(judged.rejected()).isEqualTo(3);
    assertThat(judged.broken()).extracting(RuleReport::rule).containsExactly("image.size");
    assertThat(judged.broken().get(0).rows()).isEqualTo(3);
    assertThat(judged.rejectLogs()).isNotEmpty();
    assertThat(
            LocalSpark.session()
                .read()
                .json(judged.rejectLogs().toArray(String[]::new))
                .orderBy("row")
                .selectExpr("row", "reasons[0]")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[{\"number\":0,\"letter\":\"a\"},it is 0; must be an image of the stated size]",
            "[{\"number\":4,\"letter\":\"a\"},it is 4; must be an image of the stated size]",
            "[{\"number\":8,\"letter\":\"a\"},it is 8; must be an image of the stated size]");
  }
}

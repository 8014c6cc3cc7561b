package org.millrace.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.millrace.outcome.Stop;
import org.millrace.risk.explain.Background;
import org.millrace.risk.learn.Examples;
import org.millrace.store.SmallFiles;

/** Training rows that stand beside a model, for explanations that need some. */
final class BackgroundFile {
  private static final String NAME = "background.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private BackgroundFile() {}

  /** Rows of a background. */
  static Background draw(Examples examples, long seed) {
    return new Background(draw(examples, seed, Background.ROWS));
  }

  /** Encoded rows, the same for the same seed, whatever their order. */
  static float[][] draw(Examples examples, long seed, int count) {
    List<Row> drawn =
        examples
            .rows()
            .orderBy(xxhash64(lit(seed), col(Examples.ID)), col(Examples.ID))
            .select(Examples.FEATURES)
            .limit(count)
            .collectAsList();
    float[][] rows = new float[drawn.size()][examples.features().size()];
    for (int r = 0; r < rows.length; r++) {
      Vector vector = drawn.get(r).getAs(0);
      for (int f = 0; f < rows[r].length; f++) {
        rows[r][f] = (float) vector.apply(f);
      }
    }
    return rows;
  }

  static void write(Path folder, Background background, Configuration hadoop) {
    try {
      SmallFiles.write(
          folder.getFileSystem(hadoop),
          new Path(folder, NAME),
          JSON.writeValueAsBytes(background),
          false);
    } catch (IOException e) {
      throw Stop.failed("%s cannot be written to %s: %s", NAME, folder, e.getMessage()).because(e);
    }
  }

  static Background read(Path folder, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      try (InputStream in = files.open(new Path(folder, NAME))) {
        return JSON.readValue(in, Background.class);
      }
    } catch (IOException e) {
      throw Stop.failed("%s cannot be read from %s: %s", NAME, folder, e.getMessage()).because(e);
    }
  }
}

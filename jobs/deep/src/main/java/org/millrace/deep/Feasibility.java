package org.millrace.deep;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.millrace.deep.data.Input;
import org.millrace.deep.data.NamedInput;
import org.millrace.deep.data.SeriesWindows;
import org.millrace.deep.data.Suitability;
import org.millrace.deep.data.VocabularyFile;
import org.millrace.deep.data.Words;
import org.millrace.deep.net.Architecture.Transferred;
import org.millrace.deep.train.Slots;
import org.millrace.job.Prospect;
import org.millrace.outcome.Stop;

/** Whether a training has what it needs: columns of the right types, files, task slots. */
final class Feasibility {
  private Feasibility() {}

  /**
   * Reads no rows.
   *
   * @throws Stop exit 2 with what is in the way
   */
  static void require(Prospect prospect, TrainConfig c) {
    StructType table = prospect.contracts().get(c.examples().contract()).schema();
    c.windows().ifPresent(windows -> requireNumbers(windows, table));
    StructType schema = c.windows().map(windows -> windows.schema(table)).orElse(table);
    Suitability.require(c.inputs(), c.label(), schema);
    Configuration hadoop = prospect.spark().sessionState().newHadoopConf();
    c.inputs().forEach(input -> requireVocabulary(input, hadoop));
    if (c.network() instanceof Transferred transferred) {
      Beginning.require(prospect.models(), transferred, hadoop);
    }
    if (c.strategy() == TrainConfig.Trainer.SYNCHRONOUS) {
      Slots.require(prospect.spark().sparkContext(), c.ranks());
    }
  }

  private static void requireVocabulary(NamedInput named, Configuration hadoop) {
    if (named.input() instanceof Input.Text text && text.words() instanceof Words.Stored stored) {
      var unused = new VocabularyFile(new Path(stored.path())).read(hadoop);
    }
  }

  private static void requireNumbers(SeriesWindows windows, StructType table) {
    for (String column : Windowed.columns(windows)) {
      boolean key = windows.key().filter(column::equals).isPresent();
      var type = table.apply(column).dataType();
      if (column.equals(windows.time())
          ? !List.of(DataTypes.TimestampType, DataTypes.TimestampNTZType, DataTypes.DateType)
              .contains(type)
          : !key && !(type instanceof NumericType)) {
        throw Stop.usage(
            "column %s is of type %s in its contract; windows need %s",
            column,
            type.sql(),
            column.equals(windows.time()) ? "a timestamp or a date" : "a number");
      }
    }
  }
}

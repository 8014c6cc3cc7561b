package org.millrace.forecast;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.millrace.forecast.backtest.Cell;
import org.millrace.forecast.backtest.Origins;
import org.millrace.forecast.backtest.SeriesBacktest;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.RawSeries;
import org.millrace.forecast.series.Refused;
import org.millrace.forecast.series.RegularSeries;
import org.millrace.forecast.series.Regularizer;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.forecast.work.Forecaster;

/** Measures all methods on a task's series. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record BacktestWork(
    Regularizer regularizer,
    List<Method> methods,
    Origins origins,
    double[] probabilities,
    Forecaster.Limits limits,
    BacktestRows layout)
    implements SeriesTable.Work {

  @Override
  public SeriesTable.Worker begin() {
    SeriesBacktest backtest = new SeriesBacktest(methods, origins, probabilities);
    Forecaster forecaster = new Forecaster(limits, probabilities);
    return new SeriesTable.Worker() {
      @Override
      public Iterator<Row> work(RawSeries raw) {
        List<Row> rows = new ArrayList<>(Verdicts.rows(raw, layout.width()));
        forecaster.nextSeries();
        try {
          RegularSeries series = regularizer.regularize(raw, 0);
          rows.add(layout.ofSeries(raw.key(), series, backtest.measure(series, forecaster)));
        } catch (Refused e) {
          rows.add(Verdicts.series(raw, e, layout.width()));
        }
        return rows.iterator();
      }

      @Override
      public Iterator<Row> end() {
        List<Row> rows = new ArrayList<>();
        Cell[][] board = backtest.board();
        for (int m = 0; m < board.length; m++) {
          for (int h = 0; h < board[m].length; h++) {
            rows.add(layout.ofBoard(m, h, board[m][h]));
          }
        }
        return rows.iterator();
      }

      @Override
      public void close() {
        forecaster.close();
      }
    };
  }
}

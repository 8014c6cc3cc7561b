package org.millrace.risk;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.explain.Background;

/** What stands beside a model: rows to explain others by, and what later rows are held against. */
record Beside(Background background, Baseline baseline) {

  void write(Path folder, Configuration hadoop) {
    BackgroundFile.write(folder, background, hadoop);
    BaselineFile.write(folder, baseline, hadoop);
  }
}

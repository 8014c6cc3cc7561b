package org.millrace.job;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.millrace.config.Settings;
import org.millrace.model.Keys;
import org.millrace.model.ModelStore;
import org.millrace.model.SparkFileHasher;
import org.millrace.table.Contracts;

/** What a job can look at before it does anything; see {@link Job#check}. */
public record Prospect(SparkSession spark, Contracts contracts, ModelStore models) {

  /** Of a use case; writes nothing. */
  public static Prospect of(Settings settings, SparkSession spark, Contracts contracts) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    ModelStore models =
        ModelStore.open(
            hadoop,
            new Path(settings.root().strip()),
            settings.useCase(),
            Keys.load(settings.models(), hadoop),
            new SparkFileHasher(JavaSparkContext.fromSparkContext(spark.sparkContext())));
    return new Prospect(spark, contracts, models);
  }
}

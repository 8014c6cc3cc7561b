package org.millrace.recommend.serve;

import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.millrace.model.ModelVersion;
import org.millrace.recommend.Recommender;
import org.millrace.recommend.blend.BlendFiles;
import org.millrace.recommend.factor.FactorFiles;
import org.millrace.recommend.sparse.SparseFiles;

/** The sorts of models that lists can be made from, each by the job that trains it. */
public enum ModelKind {
  /** Factors of users and items, by recommend.train-als. */
  ALS,
  /** Similar items or similar users, by recommend.neighbours. */
  NEIGHBOURS,
  /** Features of items, by recommend.content. */
  CONTENT,
  /** Several of these and popularity, by recommend.blend. */
  BLEND,
  /** What one's segment has, by recommend.segments. */
  SEGMENTS;

  /** As the model store names it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Opens a verified version. */
  Recommender open(SparkSession spark, ModelVersion version) {
    return switch (this) {
      case ALS, SEGMENTS -> FactorFiles.read(spark, version::file);
      case NEIGHBOURS, CONTENT -> SparseFiles.read(spark, version::file);
      case BLEND -> BlendFiles.read(spark, version);
    };
  }
}

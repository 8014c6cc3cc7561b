package org.millrace.recommend.blend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.model.ModelVersion;
import org.millrace.recommend.ModelTable;
import org.millrace.recommend.Recommender;
import org.millrace.recommend.factor.FactorFiles;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.sparse.SparseFiles;
import org.millrace.recommend.sparse.SparseModel;

/**
 * A blend as files of a model version: a folder for each member, {@code popularity}, and {@code
 * weights} with the columns id (of a member), position, weight, depth.
 */
public record BlendFiles(Path folder) {
  private static final StructType WEIGHTS =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("position", DataTypes.IntegerType, false)
          .add("weight", DataTypes.DoubleType, false)
          .add("depth", DataTypes.IntegerType, false);

  /** Writes the members and their weights. */
  void write(BlendModel blend) {
    List<Row> weights = new ArrayList<>();
    for (String name : Candidates.names(blend.members())) {
      weights.add(
          RowFactory.create(name, weights.size(), blend.weights().get(name), blend.depth()));
    }
    SparkSession spark = blend.popularity().sparkSession();
    ModelTable.write(
        spark.createDataFrame(weights, WEIGHTS).coalesce(1), new Path(folder, "weights"));
    ModelTable.write(blend.popularity(), new Path(folder, "popularity"));
    blend.members().forEach((name, model) -> write(model, new Path(folder, name)));
  }

  private static void write(Recommender model, Path folder) {
    if (model instanceof FactorModel factors) {
      new FactorFiles(folder).write(factors);
    } else if (model instanceof SparseModel sparse) {
      new SparseFiles(folder).write(sparse);
    } else {
      throw new IllegalStateException("a blend cannot hold a " + model.getClass());
    }
  }

  /** Opens a verified version's members. */
  public static BlendModel read(SparkSession spark, ModelVersion version) {
    List<Row> weights =
        ModelTable.read(spark, version.file("weights")).orderBy("position").collectAsList();
    Map<String, Recommender> members = new LinkedHashMap<>();
    Map<String, Double> byName = new LinkedHashMap<>();
    for (Row row : weights) {
      String name = row.getAs("id");
      byName.put(name, row.<Double>getAs("weight"));
      if (!name.equals(Candidates.POPULARITY)) {
        Path own = version.file(name);
        members.put(
            name,
            name.equals("als")
                ? FactorFiles.read(spark, table -> new Path(own, table))
                : SparseFiles.read(spark, table -> new Path(own, table)));
      }
    }
    return new BlendModel(
        members,
        ModelTable.read(spark, version.file("popularity")),
        byName,
        weights.get(0).<Integer>getAs("depth"),
        () -> {});
  }
}

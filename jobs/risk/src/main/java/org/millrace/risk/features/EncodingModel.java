package org.millrace.risk.features;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A stage of an MLlib pipeline that adds the encoded row as a dense vector {@code features}. All
 * that was fitted is one parameter, a JSON text.
 */
public final class EncodingModel extends Model<EncodingModel> implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String FEATURES = "features";

  private final String uid;
  private final Param<String> encoder;

  /** For MLlib, which sets the parameters afterwards. */
  public EncodingModel(String uid) {
    this.uid = uid; // First: the parameter asks for it.
    this.encoder = new Param<>(this, "encoder", "how rows are encoded");
  }

  public EncodingModel(RowEncoder fitted) {
    this(Identifiable$.MODULE$.randomUID("encoding"));
    set(encoder, fitted.toJson());
  }

  /** The parameter; MLlib finds its parameters by public methods like this one. */
  public Param<String> encoder() {
    return encoder;
  }

  /** The encoding as a function of one row. */
  public RowEncoder rowEncoder() {
    return RowEncoder.of(getOrDefault(encoder));
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    Dataset<Row> rows = table.toDF();
    RowEncoder.Bound bound = rowEncoder().bind(rows.schema());
    JavaRDD<Row> encoded = rows.javaRDD().map(row -> with(row, vector(bound, row)));
    return rows.sparkSession().createDataFrame(encoded, transformSchema(rows.schema()));
  }

  private static Row with(Row row, Vector features) {
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = features;
    return RowFactory.create(values);
  }

  /** An encoded row as a dense vector. */
  public static Vector vector(RowEncoder.Bound bound, Row row) {
    float[] encoded = new float[bound.size()];
    bound.encode(row, encoded);
    double[] values = new double[encoded.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = encoded[i];
    }
    return Vectors.dense(values);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema.add(FEATURES, SQLDataTypes.VectorType(), false);
  }

  @Override
  public EncodingModel copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }

  /** Asked for by MLlib when it loads a pipeline. */
  public static MLReader<EncodingModel> read() {
    return new DefaultParamsReader<>();
  }
}

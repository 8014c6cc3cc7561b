package org.millrace.text.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.text.graph.Trainer.Look;
import org.millrace.text.graph.Trainer.Trained;
import scala.Tuple2;
import scala.collection.mutable.WrappedArray;

/**
 * Learns the combinations of a grid side by side, a task each. Every task gets all triples, as 12
 * bytes a query; nothing of them passes the driver.
 */
public final class GridTraining implements AutoCloseable {
  private static final int ENTITY = 0;
  private static final int RELATION = 1;
  private static final int LOOK = 2;
  private static final StructType SCHEMA =
      new StructType()
          .add("combination", DataTypes.IntegerType, false)
          .add("part", DataTypes.IntegerType, false)
          .add("id", DataTypes.IntegerType, false)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private final List<Combination> grid;
  private final Dataset<Row> rows;

  private GridTraining(List<Combination> grid, Dataset<Row> rows) {
    this.grid = grid;
    this.rows = rows;
  }

  /**
   * Learns.
   *
   * @param queries to learn from: a, r, t
   * @param validation queries with their known answers: a, r, t, known
   */
  public static GridTraining train(
      List<Combination> grid,
      TrainingOptions options,
      Graph graph,
      Dataset<Row> queries,
      Dataset<Row> validation) {
    int entities = graph.entities().count();
    int relations = graph.relations().count();
    JavaRDD<int[]> all =
        queries
            .select("a", "r", "t")
            .javaRDD()
            .map(GridTraining::query)
            .union(validation.select("a", "r", "t", "known").javaRDD().map(GridTraining::query));
    int combinations = grid.size();
    JavaRDD<Row> trained =
        all.flatMapToPair(query -> forEach(combinations, query))
            .partitionBy(new HashPartitioner(combinations))
            .mapPartitions(part -> train(part, grid, options, entities, relations), true);
    Dataset<Row> rows =
        queries
            .sparkSession()
            .createDataFrame(trained, SCHEMA)
            .persist(StorageLevel.MEMORY_AND_DISK());
    rows.count();
    return new GridTraining(grid, rows);
  }

  /** A query with known answers has at least four numbers, one to learn from has three. */
  static int[] query(Row row) {
    List<Integer> known = row.size() > 3 ? row.getList(3) : List.of();
    int[] query = new int[3 + known.size()];
    for (int i = 0; i < 3; i++) {
      query[i] = row.getInt(i);
    }
    for (int i = 0; i < known.size(); i++) {
      query[3 + i] = known.get(i);
    }
    return query;
  }

  private static Iterator<Tuple2<Integer, int[]>> forEach(int combinations, int[] query) {
    List<Tuple2<Integer, int[]>> copies = new ArrayList<>();
    for (int i = 0; i < combinations; i++) {
      copies.add(new Tuple2<>(i, query));
    }
    return copies.iterator();
  }

  private static Iterator<Row> train(
      Iterator<Tuple2<Integer, int[]>> part,
      List<Combination> grid,
      TrainingOptions options,
      int entities,
      int relations) {
    List<int[]> toLearn = new ArrayList<>();
    List<int[]> validation = new ArrayList<>();
    int number = -1;
    while (part.hasNext()) {
      Tuple2<Integer, int[]> next = part.next();
      number = next._1();
      (next._2().length == 3 ? toLearn : validation).add(next._2());
    }
    if (number < 0) {
      return List.<Row>of().iterator();
    }
    toLearn.sort(Arrays::compare); // So that partitions change nothing.
    validation.sort(Arrays::compare);
    int[] queries = new int[Math.multiplyExact(3, toLearn.size())];
    for (int i = 0; i < toLearn.size(); i++) {
      System.arraycopy(toLearn.get(i), 0, queries, 3 * i, 3);
    }
    toLearn.clear();
    TaskContext task = TaskContext.get();
    Trained trained =
        new Trainer(grid.get(number), options, entities, relations)
            .train(queries, validation, task::isInterrupted);
    return rows(number, trained).iterator();
  }

  private static List<Row> rows(int number, Trained trained) {
    List<Row> rows = new ArrayList<>();
    for (Look look : trained.looks()) {
      float[] values = {(float) look.loss(), (float) look.mrr()};
      rows.add(row(number, LOOK, look.epoch(), values));
    }
    Embedding model = trained.model();
    add(rows, number, ENTITY, model.entities(), model.width());
    add(rows, number, RELATION, model.relations(), model.width());
    return rows;
  }

  private static void add(List<Row> rows, int number, int part, float[] vectors, int width) {
    for (int i = 0; i < vectors.length / width; i++) {
      rows.add(row(number, part, i, Arrays.copyOfRange(vectors, i * width, (i + 1) * width)));
    }
  }

  private static Row row(int number, int part, int id, float[] values) {
    return RowFactory.create(number, part, id, WrappedArray.make(values));
  }

  /** The looks at the validation triples, by the number of the combination. */
  public Map<Integer, List<Look>> looks() {
    Map<Integer, List<Look>> looks = new TreeMap<>();
    for (Row row : rows.filter("part = " + LOOK).orderBy("combination", "id").collectAsList()) {
      List<Float> values = row.getList(3);
      looks
          .computeIfAbsent(row.getInt(0), n -> new ArrayList<>())
          .add(new Look(row.getInt(2), values.get(0), values.get(1)));
    }
    return looks;
  }

  /** The model of a combination: as large as its vectors, whatever the number of triples. */
  public Embedding model(int combination) {
    Scoring scoring = grid.get(combination).scoring();
    int width = scoring.width(grid.get(combination).dimension());
    Dataset<Row> own = rows.filter("combination = " + combination);
    return new Embedding(
        scoring,
        Vectors.collect(own.filter("part = " + ENTITY).select("id", "vector"), width),
        Vectors.collect(own.filter("part = " + RELATION).select("id", "vector"), width),
        width);
  }

  /** The vectors of a combination's entities: id, vector. */
  public Dataset<Row> entities(int combination) {
    return rows.filter("combination = %d and part = %d".formatted(combination, ENTITY))
        .select("id", "vector");
  }

  /** The vectors of a combination's relations, inverse ones behind: id, vector. */
  public Dataset<Row> relations(int combination) {
    return rows.filter("combination = %d and part = %d".formatted(combination, RELATION))
        .select("id", "vector");
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}

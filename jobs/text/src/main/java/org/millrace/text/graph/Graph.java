package org.millrace.text.graph;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The entities and relations of the triples that are learnt from.
 *
 * @param entities heads and tails
 */
public record Graph(Names entities, Names relations) implements AutoCloseable {

  /**
   * Numbers what is in triples.
   *
   * @param triples columns head, relation and tail, texts
   */
  public static Graph of(Dataset<Row> triples) {
    return new Graph(
        Names.of(triples.select("head").union(triples.select("tail"))),
        Names.of(triples.select("relation")));
  }

  /** Adds the numbers h, r and t; null where the graph does not have the name. */
  public Dataset<Row> number(Dataset<Row> triples) {
    Dataset<Row> heads = entities.number(triples, "head", "h");
    Dataset<Row> tails = entities.number(heads, "tail", "t");
    return relations
        .number(tails, "relation", "r")
        .select("head", "relation", "tail", "h", "r", "t");
  }

  /** Triples all of whose names the graph has. */
  public static Column complete() {
    return col("h").isNotNull().and(col("r").isNotNull()).and(col("t").isNotNull());
  }

  /**
   * Each triple as two queries: for its tail by the relation, for its head by the inverse.
   *
   * @param numbered columns h, r and t
   * @return columns a (the entity asked about), r and t (the answer)
   */
  public Dataset<Row> queries(Dataset<Row> numbered) {
    return numbered
        .select(col("h").as("a"), col("r"), col("t"))
        .union(
            numbered.select(
                col("t").as("a"), col("r").plus(lit(relations.count())).as("r"), col("h").as("t")));
  }

  /** Adds to queries the sorted answers that are known to each, by all queries. */
  public static Dataset<Row> withKnown(Dataset<Row> queries, Dataset<Row> all) {
    Dataset<Row> known = all.groupBy("a", "r").agg(sort_array(collect_set("t")).as("known"));
    return queries.join(known, new String[] {"a", "r"});
  }

  @Override
  public void close() {
    entities.close();
    relations.close();
  }
}

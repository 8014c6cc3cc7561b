package org.millrace.text;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.table.TableRef;

/** Which triples are not learnt from: those that choose, and those that measure. */
public sealed interface GraphHoldout {

  /** Columns of a triple. */
  List<String> COLUMNS = List.of("head", "relation", "tail");

  /** Triples on three sides, each triple once and on one side. */
  record Sides(Dataset<Row> train, Dataset<Row> validation, Dataset<Row> test) {}

  /** Tables to read besides the triples. */
  List<NamedTable> tables();

  /**
   * Sets triples aside.
   *
   * @param triples head, relation and tail, each triple once
   */
  Sides split(Run run, Dataset<Row> triples);

  /** A sentence for the model card. */
  String describe();

  /** The tables that the publisher of the data set aside. */
  record Tables(TableRef validation, TableRef test) implements GraphHoldout {

    @Override
    public List<NamedTable> tables() {
      return List.of(
          new NamedTable("validation", validation, COLUMNS), new NamedTable("test", test, COLUMNS));
    }

    @Override
    public Sides split(Run run, Dataset<Row> triples) {
      Dataset<Row> second = distinct(run.read(tables().get(0)).rows()).except(triples);
      Dataset<Row> third = distinct(run.read(tables().get(1)).rows()).except(triples);
      return new Sides(triples, second, third.except(second));
    }

    @Override
    public String describe() {
      return "Held out: the triples of a table of their own, without those that were learnt from.";
    }
  }

  /**
   * Random shares, by a hash of the triple: independent of the order of the rows.
   *
   * @param validation share of the triples that choose among epochs and combinations
   * @param test share of the triples that measure
   */
  record Fraction(double validation, double test, long seed) implements GraphHoldout {
    public Fraction {
      Check.that(isShare(validation), "validation", validation, "a share above 0 and below 0.5");
      Check.that(isShare(test), "test", test, "a share above 0 and below 0.5");
    }

    private static boolean isShare(double value) {
      return value > 0 && value < 0.5;
    }

    @Override
    public List<NamedTable> tables() {
      return List.of();
    }

    @Override
    public Sides split(Run run, Dataset<Row> triples) {
      Column hash = xxhash64(lit(seed), col("head"), col("relation"), col("tail"));
      Column at = shiftrightunsigned(hash, 11).multiply(0x1p-53);
      return new Sides(
          triples.filter(at.geq(validation + test)),
          triples.filter(at.geq(test).and(at.lt(validation + test))),
          triples.filter(at.lt(test)));
    }

    @Override
    public String describe() {
      return "Held out: a random share of %s of the triples, by a hash and the seed %d."
          .formatted(test, seed);
    }
  }

  /** Each triple once. */
  static Dataset<Row> distinct(Dataset<Row> triples) {
    return triples.select("head", "relation", "tail").distinct();
  }
}

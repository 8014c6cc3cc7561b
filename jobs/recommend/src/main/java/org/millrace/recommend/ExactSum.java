package org.millrace.recommend;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * Sums of doubles that do not depend on the order of the rows, and so not on partitions or on which
 * task ends first: terms are rounded to 18 decimals and added in decimal arithmetic, which is
 * associative. Terms and sums must stay below 1e20 in magnitude.
 */
public final class ExactSum {

  private static final DecimalType FIXED_POINT = DataTypes.createDecimalType(38, 18);

  private ExactSum() {}

  /** An aggregate column of type double; 0 over no rows. */
  public static Column of(Column terms) {
    return coalesce(sum(terms.cast(FIXED_POINT)).cast(DataTypes.DoubleType), lit(0.0));
  }
}

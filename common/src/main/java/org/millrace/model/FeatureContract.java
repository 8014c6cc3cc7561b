package org.millrace.model;

import java.util.List;

/**
 * The columns that a model needs when it scores.
 *
 * @param contract name and version of the table's contract, such as {@code ratings.v1}
 * @param contractHash SHA-256 of the contract's file
 */
public record FeatureContract(String contract, String contractHash, List<Column> columns) {

  public FeatureContract {
    columns = List.copyOf(columns);
  }

  /**
   * @param type the logical type, as the contract names it
   */
  public record Column(String name, String type) {}
}

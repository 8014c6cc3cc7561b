package org.millrace.risk.drift;

import java.util.Arrays;
import java.util.List;

/**
 * How far the values of a column lie from where they lay at training.
 *
 * @param baseline how they lay then
 * @param counts rows now, in the same bins; at the end those where it is missing
 * @param psi population stability index; where the column is missing is a bin of its own
 * @param psiByChance what the index is on average without a shift, by so few rows
 * @param psiRarelyByChance what it exceeds in 1 of 10,000 samples without a shift
 * @param unseenRate share of rows with levels that training had not; NaN where that is not known
 * @param unseen some of these levels
 */
public record ColumnDrift(
    Distribution baseline,
    List<Long> counts,
    double psi,
    double psiByChance,
    double psiRarelyByChance,
    double unseenRate,
    List<String> unseen) {

  static ColumnDrift of(Distribution baseline, long[] counts, List<String> unseen) {
    long[] before = baseline.counts().stream().mapToLong(c -> c).toArray();
    boolean toldApart = baseline.bins() instanceof Levels levels && levels.complete();
    long rows = Arrays.stream(counts).sum();
    return new ColumnDrift(
        baseline,
        Arrays.stream(counts).boxed().toList(),
        Psi.of(before, counts),
        Psi.byChance(before, counts),
        Psi.rarelyByChance(before, counts),
        toldApart ? (double) counts[counts.length - 2] / rows : Double.NaN,
        unseen);
  }

  public String column() {
    return baseline.column();
  }

  public long rows() {
    return counts.stream().mapToLong(c -> c).sum();
  }

  /** The share of rows where it was missing at training. */
  public double missingBefore() {
    return missing(baseline.counts());
  }

  /** The share of rows where it is missing now. */
  public double missingNow() {
    return missing(counts);
  }

  private static double missing(List<Long> counts) {
    return (double) counts.get(counts.size() - 1) / counts.stream().mapToLong(c -> c).sum();
  }

  /** Shares of the rows at training by bin, at the end that where it was missing. */
  public List<Double> sharesBefore() {
    return shares(baseline.counts());
  }

  /** Shares of the rows now. */
  public List<Double> sharesNow() {
    return shares(counts);
  }

  private static List<Double> shares(List<Long> counts) {
    double all = counts.stream().mapToLong(c -> c).sum();
    return counts.stream().map(c -> c / all).toList();
  }

  /** What stands under each of them. */
  public List<String> labels() {
    List<String> labels = new java.util.ArrayList<>(baseline.bins().labels(baseline.kind()));
    labels.add("(missing)");
    return labels;
  }
}

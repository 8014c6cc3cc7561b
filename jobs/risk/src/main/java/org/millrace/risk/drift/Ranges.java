package org.millrace.risk.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.millrace.risk.features.ColumnKind;

/**
 * Ranges of numbers, each from its lower edge to below its upper one. The outer two have no
 * training row: they lie below the least and above the greatest value of training.
 *
 * @param edges ascending; the last is the least double above the greatest value of training; empty
 *     where training had no value, for one bin that holds all
 */
public record Ranges(List<Double> edges) implements Bins {

  public Ranges {
    edges = List.copyOf(edges);
  }

  @Override
  public int count() {
    return edges.size() + 1;
  }

  @Override
  public List<String> labels(ColumnKind kind) {
    if (edges.isEmpty()) {
      return List.of("any");
    }
    int last = edges.size() - 1;
    String most = text(kind, Math.nextDown(edges.get(last)));
    List<String> labels = new ArrayList<>(List.of("< " + text(kind, edges.get(0))));
    for (int e = 0; e < last - 1; e++) {
      labels.add("[%s, %s)".formatted(text(kind, edges.get(e)), text(kind, edges.get(e + 1))));
    }
    String from = text(kind, edges.get(last - 1));
    labels.add(from.equals(most) ? most : "[%s, %s]".formatted(from, most));
    labels.add("> " + most);
    return labels;
  }

  private static String text(ColumnKind kind, double value) {
    if (kind == ColumnKind.TIME) {
      return Instant.ofEpochSecond((long) Math.floor(value)).toString();
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  @Override
  public Binner binner(ColumnKind kind) {
    return new Numbers(kind, edges.stream().mapToDouble(e -> e).toArray());
  }

  private static final class Numbers implements Binner {
    private static final long serialVersionUID = 1L;
    private final ColumnKind kind;
    private final double[] edges;

    Numbers(ColumnKind kind, double[] edges) {
      this.kind = kind;
      this.edges = edges;
    }

    @Override
    public int bin(Object value) {
      return place(Values.number(kind, value));
    }

    @Override
    public int bin(double number) {
      return place(Values.finite(number));
    }

    private int place(double number) {
      if (Double.isNaN(number)) {
        return MISSING;
      }
      int at = Arrays.binarySearch(edges, number + 0.0); // Never -0, which would sort below 0.
      return at >= 0 ? at + 1 : -at - 1;
    }

    @Override
    public boolean isUnseen(int bin) {
      return false;
    }
  }
}

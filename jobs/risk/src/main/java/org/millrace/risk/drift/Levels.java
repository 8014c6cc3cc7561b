package org.millrace.risk.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.risk.features.ColumnKind;

/**
 * The most frequent levels of training, a bin each; one for all others that training had; and one
 * for levels that it had not.
 *
 * @param levels the most frequent first
 * @param others that training had too
 * @param complete whether these are all; else nothing counts as not seen, since there were too many
 *     levels to remember
 */
public record Levels(List<String> levels, List<String> others, boolean complete) implements Bins {

  public Levels {
    levels = List.copyOf(levels);
    others = List.copyOf(others);
  }

  @Override
  public int count() {
    return levels.size() + 2;
  }

  @Override
  public List<String> labels(ColumnKind kind) {
    List<String> labels = new ArrayList<>(levels);
    labels.add("(any other of training)");
    labels.add("(not seen at training)");
    return labels;
  }

  @Override
  public Binner binner(ColumnKind kind) {
    Map<String, Integer> bins = new HashMap<>();
    others.forEach(level -> bins.put(level, levels.size()));
    for (int l = 0; l < levels.size(); l++) {
      bins.put(levels.get(l), l);
    }
    return new Texts(bins, levels.size() + (complete ? 1 : 0), complete);
  }

  private static final class Texts implements Binner {
    private static final long serialVersionUID = 1L;
    private final HashMap<String, Integer> bins;
    private final int unknown;
    private final boolean complete;

    Texts(Map<String, Integer> bins, int unknown, boolean complete) {
      this.bins = new HashMap<>(bins);
      this.unknown = unknown;
      this.complete = complete;
    }

    @Override
    public int bin(Object value) {
      return value == null ? MISSING : bins.getOrDefault(String.valueOf(value), unknown);
    }

    @Override
    public boolean isUnseen(int bin) {
      return complete && bin == unknown;
    }
  }
}

package org.millrace.language;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.millrace.config.Check;
import org.millrace.eval.ColumnNames;

/**
 * Which texts a job makes nothing of.
 *
 * @param empty a text without any letter or digit, or none at all
 * @param damaged a text with U+FFFD, which stands where bytes were none of the table's encoding
 * @param longest characters of a text at most
 */
public record Refused(Verdict empty, Verdict damaged, int longest) {
  public static final String PRESENT = "text.present";
  public static final String READABLE = "text.readable";
  public static final String LENGTH = "text.length";
  private static final int SHOWN = 200;

  /** What becomes of a text. */
  public enum Verdict {
    /** Its row goes to the rejects. */
    REJECT,
    /** It is worked on as it is; of no words, the vector is all zeros. */
    KEEP
  }

  public Refused {
    Check.that(
        longest >= 1 && longest <= 100_000_000, "longest", longest, "1..100000000 characters");
  }

  /** The rule that a text breaks; null of a good one. */
  public Column rule(String column) {
    Column text = ColumnNames.column(column);
    Column none = coalesce(not(text.rlike("[\\p{L}\\p{N}]")), lit(true));
    Column rule = when(length(text).gt(longest), LENGTH);
    if (damaged == Verdict.REJECT) {
      rule = rule.when(text.contains("\uFFFD"), READABLE);
    }
    return empty == Verdict.REJECT ? rule.when(none, PRESENT) : rule;
  }

  /** What a reject shows of a text: its beginning. */
  public static Column shown(String column) {
    return substring(ColumnNames.column(column), 1, SHOWN).as(column);
  }

  /** By rule what a text should have been, to follow "must be". */
  public Map<String, String> accepted() {
    Map<String, String> accepted = new LinkedHashMap<>();
    accepted.put(LENGTH, "of at most %d characters (longest)".formatted(longest));
    accepted.put(
        READABLE,
        "in the encoding that the table names (csv.encoding); it has bytes that are not, shown as"
            + " U+FFFD");
    accepted.put(PRESENT, "a text with a letter or digit");
    return accepted;
  }
}

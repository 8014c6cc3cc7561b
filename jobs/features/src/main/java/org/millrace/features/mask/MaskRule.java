package org.millrace.features.mask;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;

/**
 * What becomes of the columns that carry a tag.
 *
 * @param tag that a column carries in its contract, or its {@code classification}
 */
public record MaskRule(String tag, Masking masking) {
  public MaskRule {
    Check.that(!tag.isBlank(), "tag", tag, "a tag of columns, such as pii.email");
  }

  /** The first rule for one of the tags. */
  public static Optional<MaskRule> first(List<MaskRule> rules, List<String> tags) {
    return rules.stream().filter(r -> tags.contains(r.tag())).findFirst();
  }
}

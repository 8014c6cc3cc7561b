package org.millrace.features;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.features.mask.MaskRule;
import org.millrace.features.mask.Masking;
import org.millrace.table.TableRef;

/**
 * The keys of masking; defaults and meanings are in {@code reference.conf}.
 *
 * @param publishedContract of the masked table
 * @param untagged what becomes of columns without any tag
 */
public record MaskConfig(
    TableRef table,
    String output,
    String publishedContract,
    List<MaskRule> rules,
    Untagged untagged,
    Optional<String> keyFile) {

  /** What becomes of columns of which the contract says nothing. */
  public enum Untagged {
    KEEP,
    DROP,
    REFUSE
  }

  public MaskConfig {
    OutputNames.require(output);
    Check.that(!rules.isEmpty(), "rules", rules, "one rule or more");
    boolean pseudonyms = rules.stream().anyMatch(r -> r.masking() instanceof Masking.Pseudonymise);
    Check.that(
        !pseudonyms || keyFile.isPresent(),
        "key-file",
        keyFile.orElse("null"),
        "the path of a file with a secret key, since a rule pseudonymises");
    rules = List.copyOf(rules);
  }
}

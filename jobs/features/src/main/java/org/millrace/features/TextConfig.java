package org.millrace.features;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.language.Analysis;
import org.millrace.language.Refused;
import org.millrace.language.TextVectors;
import org.millrace.table.TableRef;

/**
 * The keys of text features; defaults and meanings are in {@code reference.conf}.
 *
 * @param text column with the texts
 * @param keep columns that are published as they are; empty for the contract's key
 * @param vectors absent for words alone
 */
public record TextConfig(
    TableRef table,
    String output,
    String text,
    List<String> keep,
    Analysis analysis,
    Refused checks,
    Optional<TextVectors> vectors) {

  public TextConfig {
    OutputNames.require(output);
    Check.that(!text.isBlank(), "text", text, "the name of a column");
    keep = List.copyOf(keep);
  }
}

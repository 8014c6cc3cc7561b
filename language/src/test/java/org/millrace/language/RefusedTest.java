package org.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.millrace.language.Refused.Verdict;

class RefusedTest {
  private static List<String> rules(Refused refused, String... texts) {
    return Texts.of(texts).select(refused.rule("text")).as(Encoders.STRING()).collectAsList();
  }

  @Test
  void textsThatNothingCanBeMadeOfAreTold() {
    String latin =
        new String("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    String megabyte = "word ".repeat(210_000);
    Refused strict = new Refused(Verdict.REJECT, Verdict.REJECT, 2_000_000);
    assertThat(rules(strict, "tea", "", " ?! ", null, latin, "服装", megabyte, megabyte + megabyte))
        .containsExactly(
            null,
            Refused.PRESENT,
            Refused.PRESENT,
            Refused.PRESENT,
            Refused.READABLE,
            null,
            null,
            Refused.LENGTH);
    Refused mild = new Refused(Verdict.KEEP, Verdict.KEEP, 3);
    assertThat(rules(mild, "tea", "", null, "four", "a\uFFFD"))
        .containsExactly(null, null, null, Refused.LENGTH, null);
    assertThat(strict.accepted())
        .containsOnlyKeys(Refused.PRESENT, Refused.READABLE, Refused.LENGTH);
  }
}

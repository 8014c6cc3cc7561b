package org.millrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenizerTest {

  @Test
  void analyzersCutWordsAsTheirLanguagesDo() {
    assertThat(
            new Tokenizer(new Analysis.English(true, false)).tokens("The dogs were not running", 9))
        .containsExactly("the", "dog", "were", "not", "run");
    assertThat(
            new Tokenizer(new Analysis.English(false, true)).tokens("The dogs were not running", 9))
        .containsExactly("dogs", "were", "running");
    assertThat(new Tokenizer(new Analysis.Chinese()).tokens("我购买了道具和服装。", 9))
        .containsExactly("我", "购买", "了", "道具", "和", "服装");
    assertThat(new Tokenizer(new Analysis.Chinese()).tokens("我购买了道具和服装。", 2))
        .containsExactly("我", "购买");
  }
}

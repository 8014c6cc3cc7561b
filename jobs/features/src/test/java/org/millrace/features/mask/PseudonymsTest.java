package org.millrace.features.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.HmacUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  private static Pseudonyms pseudonyms(String secret, String domain, int digits) {
    return new Pseudonyms(new PseudonymKey(secret.getBytes(UTF_8)), domain, digits);
  }

  @Test
  void pseudonymsAreWhatAnotherImplementationSays() {
    String expected =
        new HmacUtils("HmacSHA256", SECRET.getBytes(UTF_8)).hmacHex("customer\0Zoë 7");
    assertThat(pseudonyms(SECRET, "customer", 64).call("Zoë 7")).isEqualTo(expected);
    assertThat(pseudonyms(SECRET, "customer", 16).call("Zoë 7"))
        .isEqualTo(expected.substring(0, 16));
  }

  @Test
  void anotherDomainOrKeyIsAnotherPseudonymAndNullIsNone() {
    String one = pseudonyms(SECRET, "customer", 32).call("7");
    assertThat(pseudonyms(SECRET, "customer", 32).call("7")).isEqualTo(one);
    assertThat(pseudonyms(SECRET, "order", 32).call("7")).isNotEqualTo(one);
    assertThat(pseudonyms(SECRET.replace('0', '1'), "customer", 32).call("7")).isNotEqualTo(one);
    assertThat(pseudonyms(SECRET, "customer", 32).call(null)).isNull();
  }

  @Test
  void aKeyIsReadWithoutItsLineEndAndNotPrinted() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), SECRET + "\n");
    PseudonymKey key = PseudonymKey.read(file.toString(), new Configuration());
    assertThat(new Pseudonyms(key, "d", 32).call("7"))
        .isEqualTo(pseudonyms(SECRET, "d", 32).call("7"));
    assertThat(key.toString()).doesNotContain(SECRET);
    assertThat(key.id()).hasSize(16);
  }

  @Test
  void aShortOrMissingKeyIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "secret\n");
    assertThatThrownBy(() -> PseudonymKey.read(file.toString(), new Configuration()))
        .hasMessageContaining("holds 6 bytes")
        .hasMessageNotContaining("secret\n");
    assertThatThrownBy(() -> PseudonymKey.read(folder + "/none", new Configuration()))
        .hasMessageContaining("openssl rand -hex 32");
  }
}

package org.millrace.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.outcome.Stop;

/** What a PEM file of a key says about its contents in its first and last line. */
enum Pem {
  PRIVATE_KEY("PRIVATE KEY"),
  PUBLIC_KEY("PUBLIC KEY");

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final String label;

  Pem(String label) {
    this.label = label;
  }

  String encode(byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, LINES.encodeToString(der));
  }

  /**
   * The DER bytes of a PEM text.
   *
   * @param source where the text comes from, for the sentence that refuses it
   */
  byte[] decode(String text, String source) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw Stop.usage(
          "%s is not a PEM file: it must hold a '-----BEGIN %s-----' block;"
              + " make a pair of keys with 'submit/millrace keygen'",
          source, label);
    }
    if (!block.group(1).equals(label)) {
      throw Stop.usage(
          "%s holds a '%s', but a '%s' is needed here; give the other file of the pair",
          source, block.group(1), label);
    }
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw Stop.usage("%s is a damaged PEM file; restore it from where you keep it", source)
          .because(e);
    }
  }
}

package org.millrace.deep.data;

import java.nio.charset.StandardCharsets;

/**
 * Examples and refused rows on their way through one shuffle: a byte tells which, the rest is it.
 */
final class Tagged {
  private static final byte EXAMPLE = 0;
  private static final byte REFUSED = 1;

  private Tagged() {}

  static byte[] example(byte[] record) {
    return tagged(EXAMPLE, record);
  }

  /** A line without its end. */
  static byte[] refused(String line) {
    return tagged(REFUSED, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] tagged(byte tag, byte[] content) {
    byte[] tagged = new byte[content.length + 1];
    tagged[0] = tag;
    System.arraycopy(content, 0, tagged, 1, content.length);
    return tagged;
  }

  static boolean isExample(byte[] tagged) {
    return tagged[0] == EXAMPLE;
  }

  /** What {@link #refused} was given. */
  static String line(byte[] tagged) {
    return new String(tagged, 1, tagged.length - 2, StandardCharsets.UTF_8);
  }
}

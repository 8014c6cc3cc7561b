package org.millrace.table;

import java.nio.charset.StandardCharsets;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Whether a string holds just what its writer wrote. Public for the code that Spark generates.
 *
 * <p>A reader puts U+FFFD where bytes are none of the encoding, and so do Java's strings for the
 * bytes that Parquet hands on as they are: two names that differ only there become one.
 */
public final class ReadableText {
  private static final char REPLACEMENT = '\uFFFD';

  private ReadableText() {}

  /** True of a string in UTF-8 without U+FFFD. */
  public static boolean is(UTF8String value) {
    return isAscii(value)
        || new String(value.getBytes(), StandardCharsets.UTF_8).indexOf(REPLACEMENT) < 0;
  }

  private static boolean isAscii(UTF8String value) {
    long end = value.getBaseOffset() + value.numBytes();
    for (long at = value.getBaseOffset(); at < end; at++) {
      if (Platform.getByte(value.getBaseObject(), at) < 0) {
        return false;
      }
    }
    return true;
  }
}

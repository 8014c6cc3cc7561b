package org.millrace.job;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.millrace.outcome.Stop;

/**
 * What a run is called.
 *
 * @param id the use case and the stamp: the name of the run's folder
 * @param stamp when it started and a random part: unique, and sorts by time
 */
public record RunName(String id, String stamp) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern STAMP = Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}");

  /** A new name. */
  public static RunName next(String useCase) {
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    String stamp = TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(random);
    return new RunName(useCase + "-" + stamp, stamp);
  }

  /**
   * A name that was given, so that whoever submits a run knows where it will be told.
   *
   * @throws Stop exit 2 where it is not one of this use case
   */
  public static RunName parse(String useCase, String id) {
    String stamp = id.startsWith(useCase + "-") ? id.substring(useCase.length() + 1) : "";
    if (!STAMP.matcher(stamp).matches()) {
      throw Stop.usage(
          "--run-id %s: accepted: the use case, the time in UTC and six hexadecimal digits, such as"
              + " %s",
          id, next(useCase).id());
    }
    return new RunName(id, stamp);
  }
}

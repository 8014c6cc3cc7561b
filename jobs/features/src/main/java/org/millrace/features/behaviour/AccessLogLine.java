package org.millrace.features.behaviour;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a web server's log in the Common Log Format or the combined one (Apache's {@code
 * combined}, nginx's default): {@code host ident user [time] "request" status bytes "referrer"
 * "agent"}, with anything behind it. Read by hand in one pass: a regular expression with quoted
 * fields overflows the stack on long lines.
 *
 * <p>The user and the request are what clients send, and servers write them down whatever they are:
 * names with blanks, {@code -} for a request that never came, bytes of TLS, HTTP/0.9 without a
 * protocol.
 *
 * @param host address or name of who asked
 * @param user the authenticated user; empty where the line has {@code -}
 * @param method such as {@code GET}; empty where the request has none
 * @param path the request's target without its query; of a request without method and target all of
 *     it, {@code -} where there is nothing
 * @param status HTTP status
 * @param bytes sent; empty where the line has {@code -}
 * @param agent the browser as it names itself; empty in the common format
 */
public record AccessLogLine(
    String host,
    String user,
    Instant at,
    String method,
    String path,
    int status,
    Optional<Long> bytes,
    String agent) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  /** A line that is not one of such a log. */
  public static final class Garbage extends Exception {
    private static final long serialVersionUID = 1L;

    private Garbage(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Reads a line.
   *
   * @throws Garbage with what is wrong
   */
  public static AccessLogLine parse(String line) throws Garbage {
    Reader in = new Reader(line);
    String host = in.word("the host");
    in.word("the identity");
    String user = in.startsWith('"') ? in.quoted("the user") : in.user();
    Instant at = time(in.bracketed());
    Request request = Request.of(in.quoted("the request"));
    int status = (int) whole(in.word("the status"), 100, 599, "the status");
    String bytes = in.word("the bytes");
    Optional<Long> sent =
        bytes.equals("-")
            ? Optional.empty()
            : Optional.of(whole(bytes, 0, Long.MAX_VALUE, "the bytes"));
    String agent = "";
    if (in.startsWith('"')) {
      in.quoted("the referrer");
      agent = in.startsWith('"') ? in.quoted("the agent") : "";
    }
    return new AccessLogLine(
        host,
        user.equals("-") ? "" : user,
        at,
        request.method(),
        request.path(),
        status,
        sent,
        agent.equals("-") ? "" : agent);
  }

  private static Instant time(String text) throws Garbage {
    try {
      return OffsetDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeException e) {
      throw new Garbage(
          "the time '%s' is not like 31/Jan/2026:23:59:59 +0100".formatted(shortened(text)));
    }
  }

  private static long whole(String text, long least, long most, String what) throws Garbage {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with numbers that are out of range.
    }
    throw new Garbage("%s is '%s'".formatted(what, shortened(text)));
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /** What was asked, as far as it can be told. */
  private record Request(String method, String path) {
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final String PROTOCOL = " HTTP/";

    /** The first word is the method, one that begins with HTTP/ at the end the protocol. */
    static Request of(String request) {
      int first = request.indexOf(' ');
      int last = request.lastIndexOf(' ');
      int end = request.startsWith(PROTOCOL, last) ? last : request.length();
      String target = first < 0 || first >= end ? "" : request.substring(first + 1, end).strip();
      if (target.isEmpty() || !METHOD.matcher(request.substring(0, first)).matches()) {
        return new Request("", request.isBlank() ? "-" : request);
      }
      int query = target.indexOf('?');
      return new Request(
          request.substring(0, first), query < 0 ? target : target.substring(0, query));
    }
  }

  /** Fields of a line, one after the other. */
  private static final class Reader {
    private final String line;
    private int at;

    Reader(String line) {
      this.line = line;
    }

    boolean startsWith(char c) {
      return at < line.length() && line.charAt(at) == c;
    }

    String word(String what) throws Garbage {
      int end = line.indexOf(' ', at);
      String word = line.substring(at, end < 0 ? line.length() : end);
      if (word.isEmpty()) {
        throw new Garbage(what + " is missing");
      }
      at += word.length();
      skipBlank();
      return word;
    }

    /** All that stands before the time: the bracket that closes it is the first before a quote. */
    String user() throws Garbage {
      int close = line.indexOf("] \"", at);
      int open = line.lastIndexOf(" [", close < 0 ? line.length() : close);
      if (open <= at) {
        boolean none = at >= line.length() || open >= at - 1;
        throw new Garbage(none ? "the user is missing" : "the time in [ ] is missing");
      }
      String user = line.substring(at, open);
      at = open + 1;
      return user;
    }

    String bracketed() throws Garbage {
      int end = startsWith('[') ? line.indexOf(']', at) : -1;
      if (end < 0) {
        throw new Garbage("the time in [ ] is missing");
      }
      String text = line.substring(at + 1, end);
      at = end + 1;
      skipBlank();
      return text;
    }

    /** A quote or a backslash inside is written behind a backslash. */
    String quoted(String what) throws Garbage {
      if (!startsWith('"')) {
        throw new Garbage(what + " in quotes is missing");
      }
      StringBuilder text = new StringBuilder();
      for (int i = at + 1; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          at = i + 1;
          skipBlank();
          return text.toString();
        }
        if (c == '\\' && i + 1 < line.length() && "\"\\".indexOf(line.charAt(i + 1)) >= 0) {
          c = line.charAt(++i);
        }
        text.append(c);
      }
      throw new Garbage(what + " has no closing quote");
    }

    private void skipBlank() {
      if (startsWith(' ')) {
        at++;
      }
    }
  }
}

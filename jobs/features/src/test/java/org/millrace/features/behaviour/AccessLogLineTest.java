package org.millrace.features.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogLineTest {
  private static final String COMMON =
      "203.0.113.7 - - [31/Jan/2026:23:59:59 +0100] \"GET /cart?id=7 HTTP/1.1\" 200 512";

  @Test
  void aCombinedLineIsRead() throws Exception {
    AccessLogLine line =
        AccessLogLine.parse(
            COMMON.replace("- -", "- anna")
                + " \"https://example.org/\" \"Mozilla/5.0 (X11)\" 0.003");
    assertThat(line.host()).isEqualTo("203.0.113.7");
    assertThat(line.user()).isEqualTo("anna");
    assertThat(line.at()).isEqualTo(Instant.parse("2026-01-31T22:59:59Z"));
    assertThat(line.method()).isEqualTo("GET");
    assertThat(line.path()).isEqualTo("/cart");
    assertThat(line.status()).isEqualTo(200);
    assertThat(line.bytes()).contains(512L);
    assertThat(line.agent()).isEqualTo("Mozilla/5.0 (X11)");
  }

  @Test
  void aCommonLineHasNoAgentAndADashIsNothing() throws Exception {
    AccessLogLine line = AccessLogLine.parse(COMMON.replace("512", "-"));
    assertThat(line.agent()).isEmpty();
    assertThat(line.bytes()).isEmpty();
    assertThat(line.user()).isEmpty();
  }

  @Test
  void quotesInsideQuotesAreEscaped() throws Exception {
    AccessLogLine line = AccessLogLine.parse(COMMON + " \"-\" \"a \\\"b\\\" \\\\ \\x41\"");
    assertThat(line.agent()).isEqualTo("a \"b\" \\ \\x41");
  }

  @Test
  void requestsAreReadAsFarAsTheyCanBeTold() throws Exception {
    asked("-", "", "-");
    asked("", "", "-");
    asked("\\x16\\x03\\x01\\x02 \\x01\\xFC", "", "\\x16\\x03\\x01\\x02 \\x01\\xFC");
    asked("\\x16\\x03 \\x01 HTTP/1.1", "", "\\x16\\x03 \\x01 HTTP/1.1");
    asked("GET /x", "GET", "/x");
    asked("GET /x?a=b", "GET", "/x");
    asked("GET /a b.html HTTP/1.1", "GET", "/a b.html");
    asked("GET /a b", "GET", "/a b");
    asked("GET /search?q=a b HTTP/1.0", "GET", "/search");
    asked("PRI * HTTP/2.0", "PRI", "*");
    asked("GET", "", "GET");
    asked("GET HTTP/1.1", "", "GET HTTP/1.1");
    asked("GET  HTTP/1.1", "", "GET  HTTP/1.1");
    asked(" /x HTTP/1.1", "", " /x HTTP/1.1");
    asked("/x?a", "", "/x?a");
  }

  private static void asked(String request, String method, String path) throws Exception {
    AccessLogLine line =
        AccessLogLine.parse(COMMON.replace("GET /cart?id=7 HTTP/1.1", request) + " \"-\" \"-\"");
    assertThat(line.method()).as(request).isEqualTo(method);
    assertThat(line.path()).as(request).isEqualTo(path);
    assertThat(line.status()).isEqualTo(200);
    assertThat(line.agent()).isEmpty();
  }

  @Test
  void namesOfUsersMayHaveBlanksAndBrackets() throws Exception {
    for (String user : List.of("anna", "anna b", "an [x] b", "a  b ")) {
      AccessLogLine line = AccessLogLine.parse(COMMON.replace("- -", "- " + user));
      assertThat(line.user()).isEqualTo(user);
      assertThat(line.at()).isEqualTo(Instant.parse("2026-01-31T22:59:59Z"));
      assertThat(line.path()).isEqualTo("/cart");
    }
    assertThat(AccessLogLine.parse(COMMON.replace("- -", "- \"\"")).user()).isEmpty();
  }

  @Test
  void garbageTellsWhatIsWrong() {
    refused("", "the host is missing");
    refused("hello", "the identity is missing");
    refused(COMMON.replace("+0100", "+9900"), "the time '31/Jan/2026:23:59:59 +9900'");
    refused(COMMON.replace("+0100", "Mars"), "the time '31/Jan/2026:23:59:59 Mars'");
    refused(COMMON.replace("31/Jan", "31/Feb"), "the time");
    refused("\u0016\u0003\u0001 garbage", "the user is missing");
    refused("\u0016\u0003\u0001 more garbage here", "the time in [ ] is missing");
    refused(COMMON.replace("- - ", "- "), "the user is missing");
    refused(COMMON.replace("[31", "31"), "the time in [ ] is missing");
    refused(COMMON.replace("\"", ""), "the request in quotes is missing");
    refused(COMMON.replace(" 200 ", " 2000 "), "the status is '2000'");
    refused(COMMON.substring(0, 60), "the request has no closing quote");
  }

  @Test
  void aLineOfAMegabyteIsNoTrouble() throws Exception {
    String agent = "\\\"x".repeat(400_000);
    assertThat(AccessLogLine.parse(COMMON + " \"-\" \"" + agent + "\"").agent()).hasSize(800_000);
  }

  private static void refused(String line, String reason) {
    assertThatThrownBy(() -> AccessLogLine.parse(line))
        .isInstanceOf(AccessLogLine.Garbage.class)
        .hasMessageContaining(reason);
  }
}

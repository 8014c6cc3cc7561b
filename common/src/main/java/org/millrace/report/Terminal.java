package org.millrace.report;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * What a terminal can show. Texts from the data lose their control characters on the way to it, so
 * none of them can move the cursor or colour the screen.
 */
record Terminal(boolean ansi, boolean unicode) {

  /** One line of text, without what this terminal cannot show. */
  String plain(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            code -> {
              if (Character.isISOControl(code) || Character.getType(code) == Character.FORMAT) {
                shown.append(' ');
              } else if (unicode || code < 128) {
                shown.appendCodePoint(code);
              } else {
                shown.append('?');
              }
            });
    return shown.toString().strip();
  }

  /** A plain text of at most so many characters; what is cut off leaves dots. */
  String plain(String text, int width) {
    String shown = plain(text);
    if (shown.length() <= width) {
      return shown;
    }
    String dots = unicode ? "\u2026" : "...";
    return shown.substring(0, Math.max(0, width - dots.length()))
        + dots.substring(0, Math.min(width, dots.length()));
  }

  /** Lines of at most so many characters; a longer word, such as a path, stays whole. */
  List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : plain(text).split(" +", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  String styled(String text, Style... styles) {
    return ansi && !text.isEmpty() ? Style.on(styles) + text + Style.off(styles) : text;
  }
}

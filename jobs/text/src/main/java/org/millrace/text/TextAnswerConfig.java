package org.millrace.text;

import java.util.List;
import org.millrace.config.Check;
import org.millrace.language.Analysis;
import org.millrace.language.Refused;
import org.millrace.language.TextVectors;
import org.millrace.table.TableRef;

/**
 * The keys of {@link TextAnswer}; defaults and meanings are in {@code reference.conf}.
 *
 * @param pairs known questions with their answers
 * @param text column of the questions that are asked
 * @param keep columns of these that are published beside; empty for their contract's key
 * @param k answers of a question at most
 * @param cosineShare weight of the cosine in a score; the rest is what of the question is covered
 * @param atLeast score below which an answer is none
 */
public record TextAnswerConfig(
    TableRef pairs,
    String pairQuestion,
    String pairAnswer,
    TableRef questions,
    String text,
    List<String> keep,
    String output,
    Analysis analysis,
    Refused checks,
    TextVectors vectors,
    int k,
    double cosineShare,
    double atLeast) {

  public TextAnswerConfig {
    Check.that(!pairQuestion.isBlank(), "pair-question", pairQuestion, "the name of a column");
    Check.that(!pairAnswer.isBlank(), "pair-answer", pairAnswer, "the name of a column");
    Check.that(!text.isBlank(), "text", text, "the name of a column");
    Check.that(
        output.matches("[a-z0-9][a-z0-9_-]*"),
        "output",
        output,
        "small letters, digits, - and _, such as answers");
    Check.that(k >= 1 && k <= 1000, "k", k, "1..1000");
    Check.that(cosineShare >= 0 && cosineShare <= 1, "cosine-share", cosineShare, "0 to 1");
    Check.that(atLeast >= 0 && atLeast <= 1, "at-least", atLeast, "0 to 1");
    keep = List.copyOf(keep);
  }
}

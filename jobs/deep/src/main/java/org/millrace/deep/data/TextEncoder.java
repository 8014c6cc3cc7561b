package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.millrace.language.Tokenizer;

/** A text as the number of its tokens and their ids. */
final class TextEncoder implements Encoder {
  private final Fields fields;
  private final int maxTokens;
  private final Tokenizer tokenizer;
  private final Vocabulary.Index index;

  TextEncoder(FittedInput.Texts fitted, StructType schema) {
    Input.Text input = fitted.input();
    this.fields =
        new Fields(schema, List.of(input.column()))
            .require(t -> t instanceof StringType, "a string");
    this.maxTokens = input.maxTokens();
    this.tokenizer = new Tokenizer(input.analysis());
    this.index = fitted.vocabulary().index();
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    String text = (String) fields.value(row, 0);
    if (text == null) {
      throw RefusedException.of(Refusal.Rule.TEXT_PRESENT, "%s is null", fields.name(0));
    }
    List<String> tokens = tokenizer.tokens(text, maxTokens);
    if (tokens.isEmpty()) {
      throw RefusedException.of(
          Refusal.Rule.TEXT_PRESENT, "%s has no word: '%s'", fields.name(0), shortened(text));
    }
    record.putInt(tokens.size());
    boolean known = false;
    for (String token : tokens) {
      int id = index.id(token);
      known |= id != Vocabulary.UNKNOWN;
      record.putInt(id);
    }
    if (!known) {
      throw RefusedException.of(
          Refusal.Rule.TEXT_KNOWN,
          "no word of %s is in the vocabulary: '%s'",
          fields.name(0),
          shortened(text));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}

package org.millrace.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the notes say runs, on what the quickstart has left. */
class NotesIT {
  private static Repl repl;

  static List<Note> notes() {
    return Note.all();
  }

  @BeforeAll
  static void start() {
    repl = new Repl(System.getProperty("millrace.home"), System.getProperty("millrace.quickstart"));
  }

  @AfterAll
  static void stop() {
    repl.close();
  }

  @ParameterizedTest
  @MethodSource("notes")
  void everyParagraphRuns(Note note) {
    for (Note.Paragraph paragraph : note.paragraphs()) {
      switch (paragraph.interpreter()) {
        case "%spark" -> repl.run(paragraph.code());
        case "%spark.sql" -> {
          Dataset<Row> rows = repl.spark().sql(paragraph.code());
          assertThat(rows.takeAsList(1)).as(paragraph.toString()).isNotEmpty();
          assertThat(rows.columns()).as(paragraph.toString()).containsAll(paragraph.charted());
        }
        default -> assertThat(paragraph.interpreter()).isEqualTo("%md");
      }
    }
  }

  @Test
  void aParagraphThatDoesNotCompileOrThrowsIsNoticed() {
    assertThatThrownBy(() -> repl.run("val number: Int = \"text\""))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("type mismatch");
    assertThatThrownBy(() -> repl.run("require(false, \"no luck\")"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no luck");
  }
}

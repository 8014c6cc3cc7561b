package org.millrace.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Zeppelin can import the notes, and nobody's results are in them. */
class NoteFormatTest {

  static List<Note> notes() {
    return Note.all();
  }

  @Test
  void eachFamilyHasANoteOfItsOwnName() {
    assertThat(Note.all())
        .extracting(Note::file)
        .contains("features.zpln", "recommend.zpln", "risk.zpln", "forecast.zpln", "deep.zpln");
    assertThat(Note.all()).extracting(n -> n.json().path("id").asText()).doesNotHaveDuplicates();
    assertThat(Note.all()).extracting(n -> n.json().path("name").asText()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("notes")
  void aNoteHasWhatZeppelinReads(Note note) {
    assertThat(note.json().path("id").asText()).matches("2[A-Z0-9]{8}");
    assertThat(note.json().path("name").asText()).startsWith("Millrace/");
    assertThat(note.json().path("config").isObject()).isTrue();
    assertThat(note.json().path("info").isObject()).isTrue();
    assertThat(note.paragraphs()).hasSizeGreaterThan(5);
    assertThat(note.paragraphs())
        .extracting(p -> p.json().path("id").asText())
        .allMatch(id -> id.matches("paragraph_\\w+"))
        .doesNotHaveDuplicates();
    assertThat(note.paragraphs())
        .allSatisfy(
            p -> {
              assertThat(p.interpreter()).isIn("%md", "%spark", "%spark.sql");
              assertThat(p.code()).isNotBlank();
              assertThat(p.json().path("config").isObject()).isTrue();
              assertThat(p.json().path("settings").path("params").isObject()).isTrue();
              assertThat(p.json().path("settings").path("forms").isObject()).isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource("notes")
  void aNoteHoldsNoResults(Note note) {
    for (JsonNode paragraph : note.json().path("paragraphs")) {
      assertThat(paragraph.has("results")).isFalse();
      assertThat(paragraph.has("result")).isFalse();
      assertThat(paragraph.path("status").asText()).isEqualTo("READY");
    }
  }
}

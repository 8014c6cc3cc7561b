package org.millrace.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A note of Zeppelin, as its file has it. */
record Note(String file, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A paragraph: which interpreter runs it, and what it runs. */
  record Paragraph(String interpreter, String code, JsonNode json) {
    /** The columns that its chart shows; none where it has none. */
    List<String> charted() {
      JsonNode graph = json.path("config").path("results").path("0").path("graph");
      List<String> columns = new ArrayList<>();
      for (String role : List.of("keys", "groups", "values")) {
        graph.path(role).forEach(column -> columns.add(column.path("name").asText()));
      }
      return columns;
    }

    @Override
    public String toString() {
      return interpreter + " " + code;
    }
  }

  /** All notes of the repository. */
  static List<Note> all() {
    Path folder = Path.of(System.getProperty("millrace.home"), "notebooks");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".zpln")).sorted().map(Note::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Note read(Path file) {
    try {
      return new Note(file.getFileName().toString(), JSON.readTree(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Paragraph> paragraphs() {
    List<Paragraph> paragraphs = new ArrayList<>();
    for (JsonNode paragraph : json.path("paragraphs")) {
      String text = paragraph.path("text").asText();
      int end = text.indexOf('\n');
      paragraphs.add(
          new Paragraph(text.substring(0, end).strip(), text.substring(end + 1), paragraph));
    }
    return paragraphs;
  }

  @Override
  public String toString() {
    return file;
  }
}

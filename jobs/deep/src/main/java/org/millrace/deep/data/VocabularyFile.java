package org.millrace.deep.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;

/** A vocabulary as a text file: UTF-8, one word a line, the most frequent first. */
public record VocabularyFile(Path path) {

  /** Writes it, over one that is there. */
  public void write(Vocabulary vocabulary, Configuration hadoop) {
    String text = String.join("\n", vocabulary.words()) + "\n";
    try {
      FileSystem fs = path.getFileSystem(hadoop);
      SmallFiles.write(fs, path, text.getBytes(StandardCharsets.UTF_8), true);
    } catch (IOException e) {
      throw Stop.failed("the vocabulary %s cannot be written: %s", path, e.getMessage()).because(e);
    }
  }

  /**
   * Reads it.
   *
   * @throws Stop exit 2 where it is absent, empty, or has a line twice or without a word
   */
  public Vocabulary read(Configuration hadoop) {
    List<String> words = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (var stream = path.getFileSystem(hadoop).open(path);
        var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String word = reader.readLine(); word != null; word = reader.readLine()) {
        if (word.isBlank() || !seen.add(word)) {
          throw Stop.usage(
              "line %d of the vocabulary %s is '%s'; accepted: one word a line, each once",
              words.size() + 1, path, word);
        }
        words.add(word);
      }
    } catch (IOException e) {
      throw Stop.usage("the vocabulary %s cannot be read: %s", path, e.getMessage()).because(e);
    }
    if (words.isEmpty()) {
      throw Stop.usage("the vocabulary %s is empty; accepted: one word a line", path);
    }
    return new Vocabulary(words);
  }
}

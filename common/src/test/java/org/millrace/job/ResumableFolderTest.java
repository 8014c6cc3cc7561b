package org.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.store.Root;

class ResumableFolderTest {
  @TempDir private Path place;

  private ResumableFolder folder(String useCase) {
    Root root = Root.open(place.toString(), new Configuration());
    return new ResumableFolder(
        root, root.resumable(useCase, LocalDate.parse("2026-01-31"), "demo.copy"));
  }

  private Path hidden() {
    return place.resolve(".resumable");
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath());
  }

  @Test
  void whatIsOfNoUseIsRemovedWithTheFoldersAboveIt() throws IOException {
    Path films = local(folder("films").of("a"));
    Files.createDirectories(films.resolve("steps"));
    folder("films").removeIfEmpty();
    assertThat(hidden()).doesNotExist();

    Path books = local(folder("books").of("a"));
    Files.writeString(books.resolve("step-1"), "state");
    folder("books").removeIfEmpty();
    assertThat(books.resolve("step-1")).exists();

    local(folder("films").of("a"));
    folder("films").removeIfEmpty();
    assertThat(hidden().resolve("films")).doesNotExist();
    folder("books").remove();
    assertThat(hidden()).doesNotExist();
    folder("books").removeIfEmpty();
  }

  @Test
  void whatIsOfAnotherIdentityIsRemoved() throws IOException {
    Path old = local(folder("films").of("a"));
    Files.writeString(old.resolve("step-1"), "state");

    assertThat(local(folder("films").of("b"))).isEmptyDirectory();
    assertThat(old).doesNotExist();
  }
}

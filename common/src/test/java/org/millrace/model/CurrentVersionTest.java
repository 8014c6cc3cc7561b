package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.millrace.model.TestModels.publish;
import static org.millrace.model.TestModels.store;
import static org.millrace.model.TestModels.write;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class CurrentVersionTest {

  @TempDir Path root;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = store(root, Keys.none());
  }

  @Test
  void promotedVersionIsCurrentUntilAnotherIs() throws IOException {
    ModelVersion first = publish(store, "als-1");
    ModelVersion second = publish(store, "als-2");
    assertThat(store.current("als")).isEmpty();

    store.promote(first);
    assertThat(store.current("als").orElseThrow().version()).isEqualTo("als-1");
    store.promote(second);

    assertThat(store.load("als", Optional.empty())).isEqualTo(second);
    assertThat(store.load("als", Optional.of("als-1"))).isEqualTo(first);
    assertThat(root.resolve("models/films/_current.als.json"))
        .content()
        .contains("\"version\" : \"als-2\"", "\"run_id\" : \"run-1\"", "\"since\" : \"20");
    try (var left = Files.list(root.resolve("models/films"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("als-1", "als-2", "_current.als.json");
    }
    assertThat(store.versions()).containsExactly("als-1", "als-2");
  }

  @Test
  void refusedVersionStaysAndIsNotCurrent() throws IOException {
    publish(store, "als-1");

    assertThat(store.current("als")).isEmpty();
    assertThat(store.load("als", Optional.of("als-1")).version()).isEqualTo("als-1");
  }

  @Test
  void kindsHaveCurrentVersionsOfTheirOwn() throws IOException {
    store.promote(publish(store, "als-1"));
    assertThat(store.current("trees")).isEmpty();

    try (Draft draft = store.draft("trees", "trees-1")) {
      write(draft, "data", "1");
      store.promote(store.publish(draft, TestModels.info()));
    }

    assertThat(store.current("als").orElseThrow().version()).isEqualTo("als-1");
    assertThat(store.current("trees").orElseThrow().version()).isEqualTo("trees-1");
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store.load("als", Optional.of("trees-1")))
        .withMessageContaining("version trees-1 is a model of kind trees, but kind als is needed")
        .returns(ExitCode.USAGE, Stop::exitCode);
  }

  @Test
  void absentVersionNamesThoseThatExist() throws IOException {
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store.load("als", Optional.empty()))
        .withMessageContaining("no current als model")
        .withMessageContaining("there are: none");
    publish(store, "als-1");
    publish(store, "als-2");

    for (Optional<String> asked : List.of(Optional.<String>empty(), Optional.of("als-3"))) {
      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> store.load("als", asked))
          .withMessageContaining("there are: als-1, als-2)")
          .returns(ExitCode.USAGE, Stop::exitCode);
    }
  }

  @Test
  void currentVersionThatIsGoneOrDamagedIsTold() throws IOException {
    ModelVersion version = publish(store, "als-1");
    store.promote(version);
    Path pointer = root.resolve("models/films/_current.als.json");

    Files.move(root.resolve("models/films/als-1"), root.resolve("models/films/als-0"));
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store.current("als"))
        .withMessageContaining("says that version als-1 is current, but there is no such version")
        .withMessageContaining("there are: als-0");

    Files.writeString(pointer, "{\"version\" : ");
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store.current("als"))
        .withMessageContaining("_current.als.json is damaged");
  }

  @Test
  void filesOfTheCurrentVersionAreReadOnlyAfterALoad() throws IOException {
    store.promote(publish(store, "als-1"));

    ModelVersion current = store.current("als").orElseThrow();

    assertThatIllegalStateException().isThrownBy(() -> current.file("item-factors"));
    assertThat(store.load("als", Optional.empty()).file("item-factors").getName())
        .isEqualTo("item-factors");
  }

  /**
   * File systems whose rename refuses an existing target: by its result as HDFS, or by throwing.
   */
  @ParameterizedTest
  @ValueSource(classes = {RefusingByResult.class, RefusingByException.class})
  void promotionReplacesWhereRenameRefuses(Class<? extends RawLocalFileSystem> fileSystem)
      throws IOException {
    for (boolean knownToFileContext : List.of(true, false)) {
      Configuration hadoop = new Configuration();
      hadoop.setClass("fs.refusing.impl", fileSystem, RawLocalFileSystem.class);
      hadoop.setBoolean("fs.refusing.impl.disable.cache", true);
      if (knownToFileContext) {
        hadoop.set("fs.AbstractFileSystem.refusing.impl", RefusingContext.class.getName());
      }
      var path = new org.apache.hadoop.fs.Path("refusing://" + root + "/" + knownToFileContext);
      ModelStore refusing =
          ModelStore.open(hadoop, path, "films", Keys.none(), new SerialFileHasher(hadoop));
      for (String version : List.of("als-1", "als-2", "als-3")) {
        try (Draft draft = refusing.draft("als", version)) {
          var file = new org.apache.hadoop.fs.Path(draft.path(), "data");
          file.getFileSystem(hadoop).create(file).close();
          refusing.promote(refusing.publish(draft, TestModels.info()));
        }
        assertThat(refusing.load("als", Optional.empty()).version()).isEqualTo(version);
      }
      try (var left = Files.list(root.resolve(knownToFileContext + "/models/films"))) {
        assertThat(left.filter(Files::isRegularFile)).hasSize(1);
      }
    }
  }

  /** The local disk under another scheme. */
  abstract static class Refusing extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("refusing:///");
    }

    @Override
    public String getScheme() {
      return "refusing";
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
      return withoutPermissions(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      return Arrays.stream(super.listStatus(path))
          .map(Refusing::withoutPermissions)
          .toArray(FileStatus[]::new);
    }

    /** The local status looks permissions up under the scheme "file" only. */
    private static FileStatus withoutPermissions(FileStatus status) {
      return new FileStatus(
          status.getLen(),
          status.isDirectory(),
          1,
          1,
          status.getModificationTime(),
          status.getPath());
    }
  }

  static final class RefusingByResult extends Refusing {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }

  static final class RefusingByException extends Refusing {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      if (exists(to)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      return super.rename(from, to);
    }
  }

  static final class RefusingContext extends DelegateToFileSystem {
    RefusingContext(URI uri, Configuration hadoop) throws Exception {
      super(uri, new RefusingByResult(), hadoop, "refusing", false);
    }
  }
}

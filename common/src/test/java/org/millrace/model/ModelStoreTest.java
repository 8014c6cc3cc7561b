package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.millrace.model.TestModels.HADOOP;
import static org.millrace.model.TestModels.hadoop;
import static org.millrace.model.TestModels.info;
import static org.millrace.model.TestModels.publish;
import static org.millrace.model.TestModels.rmse;
import static org.millrace.model.TestModels.store;
import static org.millrace.model.TestModels.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class ModelStoreTest {

  @TempDir Path root;
  @TempDir Path keyDirectory;
  private Keys keys;
  private ModelStore store;

  @BeforeEach
  void open() {
    keys = TestModels.newKeys(keyDirectory);
    store = store(root, keys);
  }

  @Test
  void aVersionOfAnotherUseCaseIsVerifiedByItsDirectory(@TempDir Path elsewhere)
      throws IOException {
    ModelVersion theirs = publish(store, "als-1", rmse(0.875));
    ModelStore own =
        ModelStore.open(HADOOP, hadoop(elsewhere), "books", keys, new SerialFileHasher(HADOOP));

    assertThat(own.loadFrom("als", theirs.path())).isEqualTo(theirs);
    assertThat(own.holds(theirs.path())).isFalse();
    assertThat(store.holds(new org.apache.hadoop.fs.Path(theirs.path().toUri().getPath())))
        .isTrue();
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> own.loadFrom("network", theirs.path()))
        .withMessageContaining("is a model of kind als, but kind network is needed here");
    for (org.apache.hadoop.fs.Path other :
        List.of(hadoop(elsewhere), theirs.file("item-factors"))) {
      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> own.loadFrom("als", other))
          .withMessageContaining("is no version in a model store; accepted: ROOT/models/");
    }
    TestModels.flipByte(Path.of(theirs.file("item-factors/part-0.parquet").toUri().getPath()));
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> own.loadFrom("als", theirs.path()))
        .withMessageContaining("item-factors/part-0.parquet");
  }

  @Test
  void whatIsPublishedIsLoaded() throws IOException {
    ModelVersion published = publish(store, "als-1", rmse(0.875));

    ModelVersion loaded = store.load("als", Optional.of("als-1"));

    assertThat(loaded).isEqualTo(published);
    assertThat(loaded.signedBy()).contains(keys.signingKey().orElseThrow().id());
    assertThat(loaded.manifest().createdAt()).isEqualTo(Instant.parse("2024-03-01T10:15:30Z"));
    assertThat(loaded.manifest().configuration()).containsEntry("gate", null);
    assertThat(loaded.manifest().files())
        .extracting(ModelFile::path)
        .containsExactly(
            "MODEL_CARD.md", "item-factors/part-0.parquet", "user-factors/part-0.parquet");
    assertThat(loaded.manifest().files().get(1).bytes()).isEqualTo("factors of items".length());
    assertThat(Path.of(loaded.file("item-factors").toUri().getPath()).resolve("part-0.parquet"))
        .hasContent("factors of items");
    assertThatIllegalArgumentException().isThrownBy(() -> loaded.file("item-fac"));
  }

  @Test
  void layoutIsFixed() throws IOException {
    publish(store, "als-1");

    Path version = root.resolve("models/films/als-1");
    assertThat(version.resolve("item-factors/part-0.parquet")).isRegularFile();
    assertThat(version.resolve("model.json")).isRegularFile();
    assertThat(version.resolve("MODEL_CARD.md")).isRegularFile();
    assertThat(version.resolve("signature")).isRegularFile();
    assertThat(root.resolve(".staging")).isEmptyDirectory();
  }

  @Test
  void modelJsonHasSnakeCaseKeysInAFixedOrder() throws IOException {
    publish(store, "als-1", rmse(0.875));

    String text = Files.readString(root.resolve("models/films/als-1/model.json"));
    JsonNode json = new ObjectMapper().readTree(text);

    assertThat(keys(json))
        .containsExactly(
            "format",
            "use_case",
            "kind",
            "version",
            "created_at",
            "job",
            "run_id",
            "code_version",
            "spark_version",
            "features",
            "configuration",
            "configuration_hash",
            "seed",
            "data",
            "metrics",
            "holdout",
            "files");
    assertThat(json.at("/format").asText()).isEqualTo("millrace-model/1");
    assertThat(json.at("/created_at").asText()).isEqualTo("2024-03-01T10:15:30Z");
    assertThat(keys(json.at("/configuration"))).containsExactly("alpha", "gate", "holdout", "rank");
    assertThat(keys(json.at("/configuration/holdout"))).containsExactly("share", "type");
    assertThat(keys(json.at("/features"))).containsExactly("contract", "contract_hash", "columns");
    assertThat(keys(json.at("/data/0"))).containsExactly("input", "path", "identity", "rows");
    assertThat(keys(json.at("/metrics/0")))
        .containsExactly("name", "value", "higher_is_better", "baselines");
    assertThat(keys(json.at("/metrics/0/baselines"))).containsExactly("item-mean", "mean");
    assertThat(keys(json.at("/files/0"))).containsExactly("path", "bytes", "sha256");
    assertThat(text).startsWith("{\n  \"format\" : \"millrace-model/1\",\n").endsWith("}\n");
  }

  @Test
  void metricThatIsNotANumberSurvives() throws IOException {
    publish(store, "als-1", rmse(Double.NaN));

    assertThat(
            store.load("als", Optional.of("als-1")).manifest().metric("rmse").orElseThrow().value())
        .isNaN();
  }

  @Test
  void versionIsNeverOverwritten() throws IOException {
    publish(store, "als-1");

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store.draft("als", "als-1"))
        .withMessageContaining("version als-1 of use case films exists already")
        .returns(ExitCode.FAILED, Stop::exitCode);
  }

  @Test
  void versionThatAppearsMeanwhileIsNotOverwritten() throws IOException {
    try (Draft late = store.draft("als", "als-1")) {
      write(late, "data", "late");
      Files.createDirectories(root.resolve("models/films/als-1"));

      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> store.publish(late, info()))
          .withMessageContaining("exists already");
    }
    assertThat(root.resolve("models/films/als-1")).isEmptyDirectory();
  }

  @Test
  void draftOfAnotherRunIsLeftAlone() {
    try (Draft other = store.draft("als", "als-1")) {
      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> store.draft("als", "als-1"))
          .withMessageContaining(other.path().toString());
      assertThat(Path.of(other.path().toUri().getPath())).isDirectory();
    }
  }

  @Test
  void crashBeforeTheRenameLeavesNoVersion() throws IOException {
    FileHasher crash =
        paths -> {
          throw new IOException("disk gone");
        };
    ModelStore crashing = ModelStore.open(HADOOP, hadoop(root), "films", keys, crash);
    Draft draft = crashing.draft("als", "als-1");
    write(draft, "data", "1");
    Path staging = root.resolve(".staging/als-1/model-als");

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> crashing.publish(draft, info()))
        .withMessageContaining("disk gone");

    assertThat(store.versions()).isEmpty();
    assertThat(root.resolve("models")).doesNotExist();
    assertThat(staging.resolve("data")).exists();
    draft.close();
    assertThat(staging.getParent()).doesNotExist();
  }

  @Test
  void unpublishedDraftIsDeleted() throws IOException {
    try (Draft draft = store.draft("als", "als-1")) {
      write(draft, "data", "1");
      assertThat(root.resolve(".staging/als-1/model-als/data")).exists();
    }
    assertThat(root.resolve(".staging")).isEmptyDirectory();
    assertThat(store.versions()).isEmpty();
  }

  @Test
  void draftIsPublishedOnceWithFilesOfItsOwn() throws IOException {
    try (Draft draft = store.draft("als", "als-1")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> store.publish(draft, info()))
          .withMessageContaining("no files");
    }
    try (Draft draft = store.draft("als", "als-1")) {
      write(draft, "signature", "mine");
      assertThatIllegalStateException()
          .isThrownBy(() -> store.publish(draft, info()))
          .withMessageContaining("signature");
      assertThatIllegalStateException()
          .isThrownBy(() -> store.publish(draft, info()))
          .withMessageContaining("sealed");
    }
  }

  @Test
  void namesCannotLeaveTheStore() {
    for (String name : List.of("../x", ".hidden", "_current", "a/b", "", "a b")) {
      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> store.draft("als", name))
          .withMessageContaining("'" + name + "' is not a name")
          .returns(ExitCode.USAGE, Stop::exitCode);
      assertThatExceptionOfType(Stop.class).isThrownBy(() -> store.current(name));
      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> store.load("als", Optional.of(name)))
          .returns(ExitCode.USAGE, Stop::exitCode);
    }
  }

  @Test
  void rootThatCannotBeOpenedIsTold() {
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(
            () ->
                ModelStore.open(
                    HADOOP,
                    new org.apache.hadoop.fs.Path("nowhere://bucket/root"),
                    "films",
                    keys,
                    new SerialFileHasher(HADOOP)))
        .withMessageContaining("nowhere://bucket/root");
  }

  private static List<String> keys(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void equalModelsAreEqualBytes() throws IOException {
    publish(store, "als-1", rmse(0.5));
    byte[] first = Files.readAllBytes(root.resolve("models/films/als-1/model.json"));
    try (Stream<Path> files = Files.walk(root.resolve("models"))) {
      files
          .sorted((a, b) -> b.compareTo(a))
          .forEach(file -> assertThat(file.toFile().delete()).isTrue());
    }
    publish(store, "als-1", rmse(0.5));

    assertThat(root.resolve("models/films/als-1/model.json")).hasBinaryContent(first);
  }
}

package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.deep.net.Architecture.Transferred;
import org.millrace.model.KeyFiles;
import org.millrace.model.Keys;
import org.millrace.model.ModelStore;
import org.millrace.model.SerialFileHasher;
import org.millrace.model.SigningConfig;
import org.millrace.outcome.Stop;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;

/** What {@code validate} finds out about a training, and what it may start from. */
class FeasibilityIT {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;
  private Path useCase;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("points.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        name: points
        version: 1.0.0
        schema:
          - name: points
            properties:
              - {name: id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: x, logicalType: number}
              - {name: y, logicalType: number}
              - {name: side, logicalType: string}
              - {name: list, logicalType: array, items: {logicalType: number}}
              - {name: bytes, logicalType: string, physicalType: BINARY}
        """);
    Files.writeString(
        folder.resolve("points.jsonl"),
        "{\"id\":\"a\",\"x\":1,\"y\":2,\"side\":\"left\",\"list\":[1],\"bytes\":\"AA==\"}\n");
    useCase =
        Files.writeString(
            folder.resolve("points.conf"),
            """
            use-case = points
            steps = [deep.train]
            data-schemas = "%1$s"
            root = "%1$s/root"
            spark.master = "local[2]"
            deep.train {
              examples { path = "%1$s/points.jsonl", contract = points.v1 }
              inputs = [{ name = point, input { kind = numbers, numbers.columns = [x, y] } }]
              label.classes.column = side
              network { kind = layers, layers.list = [{ kind = dense, dense.units = 4 }] }
            }
            """
                .formatted(folder));
  }

  private CommandResult validate(String... sets) {
    List<String> line = new ArrayList<>(List.of("validate", useCase.toString()));
    for (String set : sets) {
      line.addAll(List.of("--set", set));
    }
    return Cli.run(line.toArray(String[]::new));
  }

  private void assertRefused(String sentence, String... sets) {
    CommandResult result = validate(sets);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(sentence);
    assertThat(folder.resolve("root")).doesNotExist();
  }

  @Test
  void whatATrainingNeedsIsSeenBefore() {
    assertThat(validate().exitCode()).as(validate().err()).isZero();
    assertRefused(
        "column list is of type ARRAY<DOUBLE> in its contract; needed is a string, a number",
        "deep.train.label.classes.column=list");
    assertRefused(
        "column bytes is of type BINARY in its contract", "deep.train.label.classes.column=bytes");
    assertRefused(
        "column side is of type STRING in its contract; needed is a number",
        "deep.train.label.kind=numbers",
        "deep.train.label.classes=null",
        "deep.train.label.numbers.columns=[side]");
    assertRefused("3 ranks need as many task slots, and local[2] has 2", "deep.train.ranks=3");
    assertRefused(
        "there is no model %s/none to start from".formatted(folder),
        "deep.train.network.kind=transferred",
        "deep.train.network.layers=null",
        "deep.train.network.transferred.from=\"%s/none\"".formatted(folder));
  }

  @Test
  void aFileThatIsNoModelIsSeenBefore() throws IOException {
    Path file = Files.writeString(folder.resolve("junk.zip"), "no archive");
    assertRefused(
        "junk.zip is no model of DL4J: it lacks configuration.json",
        "deep.train.network={ kind = transferred, layers = null, transferred { from = \"%s\", allow-unsigned = true } }"
            .formatted(file));
  }

  @Test
  void scoresMustBeToldApartByColumnsOfOtherNames() throws IOException {
    assertThat(validate("steps=[deep.score]", score("keep = [id, y]")).exitCode()).isZero();
    assertRefused(
        "deep.score: kept are id, x, id", "steps=[deep.score]", score("keep = [id, x, id]"));
    Path schema = folder.resolve("points.v1.odcs.yaml");
    Files.writeString(schema, Files.readString(schema).replace("name: id,", "name: class,"));
    assertRefused("deep.score: kept are class; accepted: ", "steps=[deep.score]", score(""));
  }

  private String score(String keep) {
    return "deep.score={ examples { path = \"%s/points.jsonl\", contract = points.v1 }, %s }"
        .formatted(folder, keep);
  }

  private ModelStore store(String root, String useCase, Keys keys) {
    return ModelStore.open(
        HADOOP,
        new org.apache.hadoop.fs.Path(folder.resolve(root).toUri()),
        useCase,
        keys,
        new SerialFileHasher(HADOOP));
  }

  private static void require(ModelStore store, String from, boolean allowUnsigned) {
    Beginning.require(store, new Transferred(from, "", allowUnsigned), HADOOP);
  }

  @Test
  void aSignedModelOfAnotherUseCaseMayBeStartedFrom() throws IOException {
    KeyFiles files = Keys.generate(folder.resolve("ours"));
    Keys keys =
        Keys.load(
            new SigningConfig(
                Optional.of(files.privateKey().toString()), List.of(files.publicKey().toString())),
            HADOOP);
    ModelStore theirs = store("elsewhere", "clothes", keys);
    String signed = PublishedNetwork.in(theirs, "network-1");
    String unsigned = PublishedNetwork.in(store("unsigned", "clothes", Keys.none()), "network-1");
    ModelStore own = store("root", "points", keys);

    require(own, signed, false);
    require(theirs, signed, false);

    assertThatThrownBy(() -> require(own, unsigned, false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("version network-1 is not signed");
    require(own, unsigned, true);
    ModelStore trusting = store("root", "points", Keys.none());
    assertThatThrownBy(() -> require(trusting, signed, false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("there is no key to check its signature by");
    require(store("unsigned", "clothes", Keys.none()), unsigned, false);
    Files.writeString(Path.of(signed, "network.zip"), "another network");
    assertThatThrownBy(() -> require(own, signed, false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("network.zip");
    assertThatThrownBy(() -> require(own, folder.toString(), false))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("is no version in a model store");
  }
}

package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.millrace.model.TestModels.flipByte;
import static org.millrace.model.TestModels.publish;
import static org.millrace.model.TestModels.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class VerificationTest {

  @TempDir Path root;
  @TempDir Path keyDirectory;
  private Keys keys;
  private Path version;

  @BeforeEach
  void publishOne() throws IOException {
    keys = TestModels.newKeys(keyDirectory.resolve("ours"));
    publish(store(root, keys), "als-1", TestModels.rmse(0.875));
    version = root.resolve("models/films/als-1");
  }

  private ThrowableAssertAlternative<Stop> assertRefused(Keys loading) {
    return assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store(root, loading).load("als", Optional.of("als-1")))
        .returns(ExitCode.FAILED, Stop::exitCode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-factors/part-0.parquet", "MODEL_CARD.md"})
  void changedByteIsRefusedByNameWithBothHashes(String changed) throws Exception {
    String before = Sha256.of(Files.readAllBytes(version.resolve(changed)));
    flipByte(version.resolve(changed));
    String after = Sha256.of(Files.readAllBytes(version.resolve(changed)));

    for (Keys loading : List.of(keys, Keys.none())) {
      assertRefused(loading)
          .withMessage(
              "model file models/films/als-1/%s of version als-1 has changed since it was"
                  + " published: SHA-256 is %s, model.json says %s; publish or restore the version",
              changed, after, before);
    }
  }

  @Test
  void changedLengthIsRefused() throws IOException {
    Files.writeString(version.resolve("item-factors/part-0.parquet"), "longer than before, surely");

    assertRefused(keys)
        .withMessageContaining("models/films/als-1/item-factors/part-0.parquet")
        .withMessageContaining("it has 26 bytes, model.json says 16");
  }

  @Test
  void missingFileIsRefused() throws IOException {
    Files.delete(version.resolve("user-factors/part-0.parquet"));

    assertRefused(keys)
        .withMessageContaining("models/films/als-1/user-factors/part-0.parquet")
        .withMessageContaining("is missing");
  }

  @Test
  void extraFileIsRefused() throws IOException {
    Files.writeString(version.resolve("item-factors/part-1.parquet"), "more");

    assertRefused(keys)
        .withMessageContaining("models/films/als-1/item-factors/part-1.parquet")
        .withMessageContaining("model.json does not list it");
  }

  @Test
  void filesThatOnlyLookLikeTheStoresOwnAreExtra() throws IOException {
    Files.writeString(version.resolve("item-factors/signature"), "more");

    assertRefused(keys).withMessageContaining("models/films/als-1/item-factors/signature");
  }

  @Test
  void checksumFilesOfHadoopDoNotCount() throws IOException {
    assertThat(version.resolve("item-factors/.part-0.parquet.crc")).exists();
    Files.delete(version.resolve("item-factors/.part-0.parquet.crc"));
    Files.writeString(version.resolve("user-factors/.part-0.parquet.crc"), "nonsense");

    assertThat(store(root, keys).load("als", Optional.of("als-1")).filesVerified()).isTrue();
  }

  @Test
  void everyByteOfModelJsonIsSigned() throws IOException {
    Path modelJson = version.resolve("model.json");
    byte[] good = Files.readAllBytes(modelJson);
    for (int at = 0; at < good.length; at += 7) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(modelJson, bad);
      assertRefused(keys)
          .withMessageContaining("version als-1")
          .withMessageContaining("does not belong to its model.json")
          .withMessageContaining("trusted keys: " + keys.trustedKeys().get(0).id());
    }
    Files.write(modelJson, good);
    assertThat(store(root, keys).load("als", Optional.of("als-1")).version()).isEqualTo("als-1");
  }

  @Test
  void changedByteInTheSignatureIsRefused() throws IOException {
    Path signature = version.resolve("signature");
    byte[] good = Files.readAllBytes(signature);
    for (int at = 0; at < good.length - 1; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(signature, bad);
      if (!saysTheSame(good, bad)) {
        assertRefused(keys).withMessageContaining(keys.trustedKeys().get(0).id());
      }
    }
  }

  /** White space and unused bits at the end of base64 can change and mean the same. */
  private static boolean saysTheSame(byte[] good, byte[] bad) {
    try {
      var before = Json.read(good, DetachedSignature.class);
      var after = Json.read(bad, DetachedSignature.class);
      var decoder = java.util.Base64.getDecoder();
      return before.algorithm().equals(after.algorithm())
          && before.keyId().equals(after.keyId())
          && java.util.Arrays.equals(
              decoder.decode(before.signature()), decoder.decode(after.signature()));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void anotherKeyIsRefusedWithTheIdsFoundAndAccepted() {
    Keys others = TestModels.newKeys(keyDirectory.resolve("theirs"));

    assertRefused(others)
        .withMessageContaining("version als-1")
        .withMessageContaining("signed by key " + keys.trustedKeys().get(0).id())
        .withMessageContaining("trusted keys (" + others.trustedKeys().get(0).id() + ")");
  }

  @Test
  void oneOfSeveralTrustedKeysSuffices() {
    Keys others = TestModels.newKeys(keyDirectory.resolve("theirs"));
    Keys both =
        new Keys(Optional.empty(), List.of(others.trustedKeys().get(0), keys.trustedKeys().get(0)));

    assertThat(store(root, both).load("als", Optional.of("als-1")).signedBy())
        .contains(keys.trustedKeys().get(0).id());
  }

  @Test
  void keyIdOfATrustedKeyOnAForeignSignatureIsRefused() throws IOException {
    Keys others = TestModels.newKeys(keyDirectory.resolve("theirs"));
    byte[] modelJson = Files.readAllBytes(version.resolve("model.json"));
    var foreign = DetachedSignature.of(modelJson, others.signingKey().orElseThrow());
    Files.write(
        version.resolve("signature"),
        Json.write(
            new DetachedSignature("Ed25519", keys.trustedKeys().get(0).id(), foreign.signature())));

    assertRefused(keys).withMessageContaining("does not belong to its model.json");
  }

  @Test
  void unsignedIsRefusedWhereKeysAreTrusted() throws IOException {
    Files.delete(version.resolve("signature"));
    assertRefused(keys)
        .withMessageContaining("version als-1 is not signed")
        .withMessageContaining(keys.trustedKeys().get(0).id());

    publish(store(root, Keys.none()), "als-2");
    assertThat(root.resolve("models/films/als-2/signature")).doesNotExist();
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store(root, keys).load("als", Optional.of("als-2")))
        .withMessageContaining("version als-2 is not signed");
    assertThat(store(root, Keys.none()).load("als", Optional.of("als-2")).signedBy()).isEmpty();
  }

  @Test
  void currentVersionIsCheckedAgainstItsSignatureToo() throws IOException {
    ModelStore store = store(root, keys);
    store.promote(store.load("als", Optional.of("als-1")));
    flipByte(version.resolve("model.json"));

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store.current("als"))
        .withMessageContaining("does not belong to its model.json");
  }

  @Test
  void signedVersionUnderAnotherNameIsRefused() throws IOException {
    Files.move(version, root.resolve("models/films/als-9"));

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> store(root, keys).load("als", Optional.of("als-9")))
        .withMessageContaining("directory of version als-9 of use case films holds version als-1");
  }

  @Test
  void modelJsonThatCannotBeReadIsRefused() throws IOException {
    Path modelJson = version.resolve("model.json");
    String good = Files.readString(modelJson);
    Files.writeString(modelJson, good.replace("millrace-model/1", "millrace-model/7"));
    assertRefused(Keys.none())
        .withMessageContaining("has format 'millrace-model/7', this code reads 'millrace-model/1'");

    Files.writeString(modelJson, good.replace("\"seed\"", "\"speed\""));
    assertRefused(Keys.none()).withMessageContaining("is damaged").withMessageContaining("seed");

    Files.writeString(modelJson, good + "}");
    assertRefused(Keys.none()).withMessageContaining("is damaged");

    Files.delete(modelJson);
    assertRefused(Keys.none()).withMessageContaining("version als-1 has no model.json");
  }
}

package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class KeysTest {

  @TempDir Path directory;

  private static Keys load(Path signing, Path trusted) {
    return Keys.load(
        new SigningConfig(Optional.of(signing.toString()), List.of(trusted.toString())),
        TestModels.HADOOP);
  }

  @Test
  void privateKeyIsReadableByItsOwnerAlone() throws IOException {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
    KeyFiles files = Keys.generate(directory);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.privateKey())))
        .isEqualTo("rw-------");
  }

  @Test
  void filesArePem() throws Exception {
    KeyFiles files = Keys.generate(directory);

    String secret = Files.readString(files.privateKey());
    String known = Files.readString(files.publicKey());

    assertThat(secret)
        .matches("-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/=]{64}\n-----END PRIVATE KEY-----\n");
    assertThat(known)
        .matches("-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=]{60}\n-----END PUBLIC KEY-----\n");
    byte[] spki = Base64.getDecoder().decode(known.lines().skip(1).findFirst().orElseThrow());
    assertThat(files.keyId())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(spki))
                .substring(0, 16));
  }

  @Test
  void bothHalvesHaveTheSameId() {
    KeyFiles files = Keys.generate(directory.resolve("team"));

    Keys keys = load(files.privateKey(), files.publicKey());

    assertThat(files.privateKey()).isEqualTo(directory.resolve("team.key.pem"));
    assertThat(files.publicKey()).isEqualTo(directory.resolve("team.pub.pem"));
    assertThat(keys.signingKey().orElseThrow().id()).isEqualTo(files.keyId());
    assertThat(keys.trustedKeys().get(0).id()).isEqualTo(files.keyId());
    assertThat(keys.toString()).contains(files.keyId()).doesNotContain("PKCS");
  }

  /** RFC 8032, section 7.1, test 2: known secret, public key, message and signature. */
  @Test
  void signsAsTheStandardSays() {
    HexFormat hex = HexFormat.of();
    String secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    byte[] pkcs8 = hex.parseHex("302e020100300506032b657004220420" + secret);
    byte[] spki =
        hex.parseHex(
            "302a300506032b6570032100"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

    SigningKey key = SigningKey.parse(Pem.PRIVATE_KEY.encode(pkcs8), "rfc");

    assertThat(key.id()).isEqualTo(Sha256.of(spki).substring(0, 16));
    assertThat(hex.formatHex(key.sign(new byte[] {0x72})))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  }

  @Test
  void existingKeysAreNotOverwritten() throws IOException {
    KeyFiles files = Keys.generate(directory);
    String secret = Files.readString(files.privateKey());

    for (Path lost : List.of(files.publicKey(), files.privateKey())) {
      assertThatExceptionOfType(Stop.class)
          .isThrownBy(() -> Keys.generate(directory))
          .withMessageContaining("exists already")
          .returns(ExitCode.USAGE, Stop::exitCode);
      assertThat(files.privateKey()).hasContent(secret);
      Files.delete(lost);
      if (lost.equals(files.privateKey())) {
        break;
      }
    }
    Path file = Files.writeString(directory.resolve("file"), "no directory");
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> Keys.generate(file.resolve("prefix")))
        .withMessageContaining("prefix.key.pem")
        .returns(ExitCode.USAGE, Stop::exitCode);
  }

  @Test
  void directoriesOfThePairAreMade() {
    KeyFiles files = Keys.generate(directory.resolve("keys/films"));
    assertThat(files.privateKey()).isEqualTo(directory.resolve("keys/films.key.pem")).exists();
  }

  @Test
  void wrongFilesAreToldApart() throws Exception {
    KeyFiles files = Keys.generate(directory);
    Path garbage = Files.writeString(directory.resolve("garbage"), "hello");
    Path damaged =
        Files.writeString(
            directory.resolve("damaged"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Path rsa =
        Files.writeString(
            directory.resolve("rsa.pem"),
            Pem.PRIVATE_KEY.encode(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded()),
            StandardCharsets.US_ASCII);

    refuses(files.publicKey(), files.publicKey(), "holds a 'PUBLIC KEY', but a 'PRIVATE KEY'");
    refuses(files.privateKey(), files.privateKey(), "holds a 'PRIVATE KEY', but a 'PUBLIC KEY'");
    refuses(garbage, files.publicKey(), "is not a PEM file");
    refuses(damaged, files.publicKey(), "does not hold an Ed25519 private key");
    refuses(rsa, files.publicKey(), "does not hold an Ed25519 private key");
    refuses(directory.resolve("absent"), files.publicKey(), "cannot read the key file");
  }

  private static void refuses(Path signing, Path trusted, String sentence) {
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> load(signing, trusted))
        .withMessageContaining(sentence)
        .returns(ExitCode.USAGE, Stop::exitCode);
  }
}

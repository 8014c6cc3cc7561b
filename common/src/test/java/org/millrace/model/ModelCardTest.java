package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {

  @TempDir Path root;

  @Test
  void tellsWhatPeopleAsk() {
    String card =
        ModelCard.render(
            "films", "als", "als-1", TestModels.info(TestModels.rmse(0.875)), Optional.of("k1"));

    assertThat(card.lines())
        .contains(
            "# films: als model als-1",
            "Factors of users & films.",
            "Alternating least squares.",
            "| Job | recommend.train |",
            "| Seed | 42 |",
            "| ratings | file:/data/ratings | 1000 | 1d |",
            "Columns that the model needs, by contract ratings.v1 (SHA-256 c0ffee):",
            "| user_id | string |",
            "| rating | number |",
            "The last 20 % of each user's ratings by time.",
            "| rmse | lower | this model | 0.875 |",
            "| rmse | lower | item-mean | 1.125 |",
            "| rmse | lower | mean | 1.25 |",
            "Ranking films for known users.",
            "- Knows nothing of new users.",
            "- Is trained on <one> year | no more.");
    assertThat(card).contains("by the key k1").doesNotContain("&amp;", "&quot;", "{{");
  }

  @Test
  void unsignedVersionSaysSo() {
    String card = ModelCard.render("films", "als", "als-1", TestModels.info(), Optional.empty());

    assertThat(card).contains("This version is not signed").doesNotContain("openssl");
  }

  @Test
  void valuesCannotBreakOutOfTheirCells() {
    assertThat(ModelCard.cell("a|b\r\nc\\|<script>`x` *y* [z]"))
        .isEqualTo("a\\|b c\\\\\\|&lt;script>\\`x\\` \\*y\\* \\[z]");
  }

  /** The commands that the card gives to people, run by a shell: OpenSSL accepts the signature. */
  @Test
  void verificationByHandWorks() throws Exception {
    assumeTrue(
        Stream.of("sh", "openssl", "jq", "base64", "sha256sum").allMatch(ModelCardTest::onPath));
    KeyFiles keys = Keys.generate(root.resolve("k"));
    Keys loaded =
        Keys.load(
            new SigningConfig(Optional.of(keys.privateKey().toString()), List.of()),
            TestModels.HADOOP);
    TestModels.publish(TestModels.store(root, loaded), "als-1");
    Path version = root.resolve("models/films/als-1");
    String commands =
        commands(Files.readString(version.resolve("MODEL_CARD.md")))
            .replace("millrace.pub.pem", keys.publicKey().toString())
            .replace("/tmp/model.sig", root.resolve("model.sig").toString());

    Output good = shell(version, commands);
    assertThat(good.exitCode()).as(good.text()).isZero();
    assertThat(good.text()).contains("Signature Verified Successfully", "part-0.parquet: OK");

    TestModels.flipByte(version.resolve("item-factors/part-0.parquet"));
    assertThat(shell(version, commands).text()).contains("item-factors/part-0.parquet: FAILED");
    TestModels.flipByte(version.resolve("model.json"));
    assertThat(shell(version, commands).text()).contains("Signature Verification Failure");
  }

  @Test
  void keysOfOpenSslSign() throws Exception {
    assumeTrue(Stream.of("sh", "openssl").allMatch(ModelCardTest::onPath));
    Output made =
        shell(
            root,
            "openssl genpkey -algorithm ed25519 -out s.pem && openssl pkey -in s.pem -pubout -out p.pem");
    assertThat(made.exitCode()).as(made.text()).isZero();
    Keys keys =
        Keys.load(
            new SigningConfig(
                Optional.of(root.resolve("s.pem").toString()),
                List.of(root.resolve("p.pem").toString())),
            TestModels.HADOOP);
    ModelStore store = TestModels.store(root, keys);
    TestModels.publish(store, "als-1");

    assertThat(store.load("als", Optional.of("als-1")).signedBy())
        .contains(keys.trustedKeys().get(0).id());
  }

  private static String commands(String card) {
    Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(card);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private record Output(int exitCode, String text) {}

  private static Output shell(Path directory, String commands)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Output(process.exitValue(), text);
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}

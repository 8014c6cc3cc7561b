package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/**
 * Rows that keep their contract and are no examples: refused with their reasons, one by one. Names
 * of columns have dots in them.
 */
class BadExamplesIT {
  private static final int RATE = 8000;

  @TempDir private Path folder;

  private static byte[] file(String name) throws IOException {
    try (InputStream stream = BadExamplesIT.class.getResourceAsStream("data/" + name)) {
      return stream.readAllBytes();
    }
  }

  private void useCase(String name, String steps, String column, String deep) throws IOException {
    Files.writeString(
        folder.resolve(name + ".v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        name: %s
        version: 1.0.0
        schema:
          - name: %s
            properties:
              - {name: the.id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: %s, logicalType: string, physicalType: BINARY}
              - {name: said.text, logicalType: string}
              - {name: the.label, logicalType: string}
        """
            .formatted(name, name, column));
    Files.writeString(
        folder.resolve(name + ".conf"),
        """
        use-case = %1$s
        steps = [%2$s]
        data-schemas = "%3$s"
        root = "%3$s/root"
        deep.train {
          examples { path = "%3$s/%1$s.jsonl", contract = %1$s.v1, max-reject-share = 0.5 }
          label { kind = classes, classes.column = the.label }
          batch-size = 16
          training.epochs = 1
        }
        %4$s
        """
            .formatted(name, steps, folder, deep));
  }

  private CommandResult run(String name, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of("run", folder.resolve(name + ".conf").toString(), "--date", "2026-01-31"));
    line.addAll(Arrays.asList(more));
    return Cli.run(line.toArray(String[]::new));
  }

  /**
   * Just the rows that are named are refused, each with its rule and its reason.
   *
   * @param rows name, rule, reason of each
   */
  private void assertRefused(String useCase, String job, List<List<String>> rows) {
    Path rejects = folder.resolve("root/rejects/%s/%s/ds=2026-01-31".formatted(useCase, job));
    List<String> refused = PublishedRows.of(rejects, "row", "rules", "reasons");
    assertThat(refused).as(job).hasSameSizeAs(rows);
    for (List<String> row : rows) {
      assertThat(refused)
          .as("%s: %s", job, row)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("\"the.id\":\"%s\"".formatted(row.get(0)))
                      .contains(row.get(1))
                      .contains(row.get(2)));
    }
  }

  private static String meal(String id, byte[] photo, String text, String label) {
    return "{\"the.id\":\"%s\",\"photo\":\"%s\",\"said.text\":\"%s\",\"the.label\":\"%s\"}"
        .formatted(id, Base64.getEncoder().encodeToString(photo), text, label);
  }

  private static byte[] png(int size) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  @Test
  void picturesAndTextsThatAreNoneAreRefused() throws IOException {
    byte[] jpeg = file("colour.jpg");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String word = i % 2 == 0 ? "good" : "bad";
      lines.add(
          meal("p" + i, i % 3 == 0 ? file("colour.png") : jpeg, "a %s meal".formatted(word), word));
    }
    lines.add(meal("cut", Arrays.copyOf(jpeg, jpeg.length / 2), "a good meal", "good"));
    lines.add(meal("nothing", new byte[0], "a good meal", "good"));
    lines.add(meal("inks", file("cmyk.jpg"), "a good meal", "good"));
    lines.add(meal("small", png(10), "a good meal", "good"));
    lines.add(meal("silent", jpeg, "", "good"));
    lines.add(meal("foreign", jpeg, "qwrtz zxcvb", "good"));
    Files.write(folder.resolve("meals.jsonl"), lines);
    useCase(
        "meals",
        "deep.train, deep.score",
        "photo",
        """
        deep {
          train {
            inputs = [
              { name = photo, input { kind = image, image { height = 20, width = 30, channels = 3, pixels.file.column = photo } } }
              { name = text, input { kind = text, text { column = said.text, max-tokens = 8 } } }
            ]
            network { kind = definition, definition { name = image-and-text, parameters { filters = 2, embedding = 4, units = 4 } } }
          }
          score { examples = ${deep.train.examples} }
        }
        """);

    CommandResult result = run("meals");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    for (String job : List.of("deep.train", "deep.score")) {
      assertRefused(
          "meals",
          job,
          List.of(
              List.of("cut", "image.readable", "the 515 bytes of photo"),
              List.of("nothing", "image.required", "photo has 0 bytes"),
              List.of("inks", "image.colours", "four colours"),
              List.of(
                  "small", "image.size", "photo is 10 x 10 pixels (height x width), not 20 x 30"),
              List.of("silent", "text.required", "said.text has no word: ''"),
              List.of(
                  "foreign",
                  "text.known",
                  "no word of said.text is in the vocabulary: 'qwrtz zxcvb'")));
    }
    assertThat(PublishedRows.of(folder.resolve("root/scores/meals/ds=2026-01-31"), "the.id"))
        .hasSize(40)
        .allMatch(id -> id.startsWith("p"));
  }

  /** A tone as a WAV file of one channel of 16 bits. */
  private static byte[] tone(double hertz, int rate, int samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) (20_000 * Math.sin(2 * Math.PI * hertz * i / rate)));
    }
    return wav.array();
  }

  private static String sound(String id, byte[] sound, String label) {
    return "{\"the.id\":\"%s\",\"sound\":\"%s\",\"the.label\":\"%s\"}"
        .formatted(id, Base64.getEncoder().encodeToString(sound), label);
  }

  private static List<String> sounds(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean low = i % 2 == 0;
      lines.add(sound("s" + i, tone((low ? 300 : 1200) + i, RATE, 800), low ? "low" : "high"));
    }
    return lines;
  }

  @Test
  void soundsAndLabelsThatAreNoneAreRefused() throws IOException {
    List<String> lines = sounds(40);
    lines.add(sound("fast", tone(300, 2 * RATE, 800), "low"));
    lines.add(sound("silent", tone(300, RATE, 0), "low"));
    lines.add(
        "{\"the.id\":\"nameless\",\"sound\":\"%s\"}"
            .formatted(Base64.getEncoder().encodeToString(tone(300, RATE, 800))));
    Files.write(folder.resolve("sounds.jsonl"), lines);
    List<String> measured = sounds(8);
    measured.add(sound("unseen", tone(600, RATE, 800), "middle"));
    Files.write(folder.resolve("measured.jsonl"), measured);
    useCase(
        "sounds",
        "deep.train, deep.evaluate",
        "sound",
        """
        deep {
          train {
            inputs = [{
              name = sound
              input { kind = audio, audio {
                column = sound, sample-rate = %d, frames = 6
                cepstrum { coefficients = 5, window = 256, hop = 128, bands = 20 }
              } }
            }]
            network { kind = layers, layers.list = [{ kind = dense, dense.units = 4 }] }
          }
          evaluate { examples = ${deep.train.examples} { path = "%s/measured.jsonl", max-reject-share = 0.1 } }
        }
        """
            .formatted(RATE, folder));

    CommandResult result = run("sounds");

    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(3);
    assertThat(result.out().replaceAll("\\s+", " "))
        .contains("of 9 rows of", "1 are no examples (11.11 %, allowed max-reject-share 0.1)")
        .contains("label.known: must be a label that the training rows have");
    assertRefused(
        "sounds",
        "deep.train",
        List.of(
            List.of("fast", "audio.rate", "sound has 16000 samples a second, not 8000"),
            List.of("silent", "audio.required", "sound has no samples"),
            List.of("nameless", "label.known", "the.label is missing")));
    assertRefused(
        "sounds",
        "deep.evaluate",
        List.of(
            List.of("unseen", "label.known", "the.label is 'middle', which no training row has")));

    CommandResult misfit =
        run("sounds", "--set", "deep.train.network.layers.list=[{kind=lstm,lstm.units=4}]");
    assertThat(misfit.exitCode()).isEqualTo(2);
    assertThat(misfit.err()).contains("layer 1 (lstm)", "image 6 x 5 x 1", "a sequence");
  }
}

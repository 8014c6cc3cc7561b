package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioEncoderTest {
  private static final JsonNode LIBROSA = References.figures().path("cepstra");

  private static FittedInput.Sounds sounds(JsonNode figures, int frames, Input.Form form) {
    Input.Cepstrum cepstrum =
        new Input.Cepstrum(
            figures.path("coefficients").asInt(),
            figures.path("window").asInt(),
            figures.path("hop").asInt(),
            figures.path("bands").asInt());
    return new FittedInput.Sounds(
        "input",
        new Input.Audio("sound", figures.path("rate").asInt(), frames, cepstrum, form, false),
        Standardization.none(cepstrum.coefficients()));
  }

  private static Encoded encode(FittedInput.Sounds input, byte[] file) {
    return Tables.encode(input, "sound", DataTypes.BinaryType, file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void coefficientsAreThoseOfLibrosa(int which) {
    JsonNode figures = LIBROSA.get(which);
    JsonNode frames = figures.path("frames");
    int spare = 3;
    FittedInput.Sounds input = sounds(figures, frames.size() + spare, Input.Form.SEQUENCE);
    Encoded encoded = encode(input, References.file(figures.path("file").asText()));
    assertThat(Tables.integers(encoded)[0]).isEqualTo(frames.size());
    float[] values = Tables.floats(encoded, Integer.BYTES);
    int at = 0;
    for (JsonNode frame : frames) {
      for (JsonNode coefficient : frame) {
        // librosa computes in single precision; coefficients are up to some hundreds.
        assertThat(values[at])
            .as("number %d", at)
            .isCloseTo((float) coefficient.asDouble(), within(2e-3f));
        at++;
      }
    }
    assertThat(Arrays.copyOfRange(values, at, values.length)).hasSize(spare * 13).containsOnly(0);
  }

  @Test
  void soundsThatAreTooLongAreCut() {
    JsonNode figures = LIBROSA.get(0);
    byte[] file = References.file("tones-22050.wav");
    float[] whole = Tables.floats(encode(sounds(figures, 30, Input.Form.IMAGE), file), 0);
    float[] cut = Tables.floats(encode(sounds(figures, 10, Input.Form.IMAGE), file), 0);
    assertThat(cut).hasSize(130).isEqualTo(Arrays.copyOf(whole, 130));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 24, 32})
  void samplesOfEveryWidthAreRead(int bits) throws RefusedException {
    double[] left = {0, 0.5, -0.25, 0.75};
    double[] right = {0, 0.5, 0.75, -1};
    Wav wav = Wav.read("sound", stereo(bits, left, right));
    assertThat(wav.rate()).isEqualTo(8000);
    for (int i = 0; i < left.length; i++) {
      assertThat(wav.samples()[i]).isCloseTo((float) (left[i] + right[i]) / 2, within(1e-6f));
    }
  }

  private static byte[] stereo(int bits, double[] left, double[] right) {
    int width = bits / 8;
    byte[] file = header(bits, 2, 8000, left.length * 2 * width);
    ByteBuffer wav = ByteBuffer.wrap(file).position(44);
    for (int i = 0; i < left.length; i++) {
      for (double sample : new double[] {left[i], right[i]}) {
        long scaled = (long) (sample * (1L << (bits - 1))) + (bits == 8 ? 128 : 0);
        for (int b = 0; b < width; b++) {
          wav.put((byte) (scaled >> (8 * b)));
        }
      }
    }
    return file;
  }

  private static byte[] header(int bits, int channels, int rate, int bytes) {
    byte[] file = new byte[44 + bytes];
    ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36 + bytes);
    wav.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) channels).putInt(rate);
    wav.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    wav.putShort((short) bits);
    wav.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(bytes);
    return file;
  }

  @Test
  void badFilesAreRefusedWithTheirReason() {
    FittedInput.Sounds input = sounds(LIBROSA.get(1), 20, Input.Form.IMAGE);
    byte[] file = References.file("tones-8000.wav");
    assertRefused(
        input,
        References.file("tones-22050.wav"),
        Refusal.Rule.AUDIO_RATE,
        "sound has 22050 samples a second, not 8000");
    assertRefused(
        input, header(16, 1, 8000, 0), Refusal.Rule.AUDIO_PRESENT, "sound has no samples");
    assertRefused(input, new byte[0], Refusal.Rule.AUDIO_PRESENT, "sound has 0 bytes");
    assertRefused(input, null, Refusal.Rule.AUDIO_PRESENT, "sound is null");
    for (int length : List.of(1, 11, 30, 40, 43, 44, 200)) {
      assertThat(Tables.refusal(encode(input, Arrays.copyOf(file, length))).rule())
          .as("%d bytes", length)
          .isEqualTo(Refusal.Rule.AUDIO_READABLE);
    }
    byte[] compressed = file.clone();
    compressed[20] = 7;
    assertRefused(
        input,
        compressed,
        Refusal.Rule.AUDIO_READABLE,
        "is of format 7 with 16 bits and 1 channels");
  }

  private static void assertRefused(
      FittedInput.Sounds input, byte[] file, Refusal.Rule rule, String reason) {
    Refusal refusal = Tables.refusal(encode(input, file));
    assertThat(refusal.rule()).isEqualTo(rule);
    assertThat(refusal.reason()).contains(reason);
  }
}

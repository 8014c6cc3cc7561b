package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A sound from a WAV file.
 *
 * @param rate samples a second
 * @param samples from -1 to 1; several channels are averaged
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares sounds.
record Wav(int rate, float[] samples) {
  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FORMAT = 0x20746d66;
  private static final int DATA = 0x61746164;
  private static final int PCM = 1;
  private static final int EXTENSIBLE = 0xfffe;

  /** What the format chunk says. */
  private record Format(int code, int channels, int rate, int bits) {
    int frameBytes() {
      return channels * bits / Byte.SIZE;
    }
  }

  /**
   * Reads a file.
   *
   * @param column where it is from, for the sentences of refusals
   */
  static Wav read(String column, byte[] file) throws RefusedException {
    if (file == null || file.length == 0) {
      throw RefusedException.of(
          Refusal.Rule.AUDIO_PRESENT, "%s %s", column, file == null ? "is null" : "has 0 bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 12 || bytes.getInt() != RIFF || bytes.getInt(8) != WAVE) {
      throw unreadable(column, "does not begin as a WAV file does", file.length);
    }
    bytes.position(12);
    Format format = null;
    while (bytes.remaining() >= 8) {
      int chunk = bytes.getInt();
      long length = Integer.toUnsignedLong(bytes.getInt());
      if (length > bytes.remaining()) {
        throw unreadable(
            column, "ends too soon: a chunk of %d bytes".formatted(length), file.length);
      }
      if (chunk == FORMAT) {
        format = format(column, bytes, (int) length);
      } else if (chunk == DATA && format != null) {
        return new Wav(format.rate, samples(column, bytes, (int) length, format));
      }
      bytes.position(Math.min(bytes.limit(), bytes.position() + (int) length + (int) (length & 1)));
    }
    throw unreadable(column, "has no samples chunk behind a format chunk", file.length);
  }

  private static Format format(String column, ByteBuffer bytes, int length)
      throws RefusedException {
    int at = bytes.position();
    if (length < 16) {
      throw unreadable(column, "has a format chunk of %d bytes".formatted(length), length);
    }
    int code = bytes.getShort(at) & 0xffff;
    if (code == EXTENSIBLE && length >= 26) {
      code = bytes.getShort(at + 24) & 0xffff;
    }
    Format format =
        new Format(code, bytes.getShort(at + 2), bytes.getInt(at + 4), bytes.getShort(at + 14));
    boolean known = format.bits % 8 == 0 && format.bits >= 8 && format.bits <= 32;
    if (code != PCM || !known || format.channels < 1) {
      throw unreadable(
          column,
          "is of format %d with %d bits and %d channels"
              .formatted(code, format.bits, format.channels),
          bytes.limit());
    }
    return format;
  }

  private static float[] samples(String column, ByteBuffer bytes, int length, Format format)
      throws RefusedException {
    float[] samples = new float[length / format.frameBytes()];
    if (samples.length == 0) {
      throw RefusedException.of(Refusal.Rule.AUDIO_PRESENT, "%s has no samples", column);
    }
    int width = format.bits / Byte.SIZE;
    int at = bytes.position();
    for (int i = 0; i < samples.length; i++) {
      float sum = 0;
      for (int channel = 0; channel < format.channels; channel++) {
        sum += sample(bytes, at, width);
        at += width;
      }
      samples[i] = sum / format.channels;
    }
    return samples;
  }

  /** 8 bits are unsigned, more are signed. */
  private static float sample(ByteBuffer bytes, int at, int width) {
    return switch (width) {
      case 1 -> ((bytes.get(at) & 0xff) - 128) / 128f;
      case 2 -> bytes.getShort(at) / 0x1p15f;
      case 3 ->
          ((bytes.get(at + 2) << 16) | ((bytes.get(at + 1) & 0xff) << 8) | (bytes.get(at) & 0xff))
              / 0x1p23f;
      default -> bytes.getInt(at) / 0x1p31f;
    };
  }

  private static RefusedException unreadable(String column, String what, int bytes) {
    return RefusedException.of(
        Refusal.Rule.AUDIO_READABLE, "%s (%d bytes) %s", column, bytes, what);
  }
}

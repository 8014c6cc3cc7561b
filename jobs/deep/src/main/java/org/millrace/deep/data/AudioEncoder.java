package org.millrace.deep.data;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructType;

/** A sound as its cepstral coefficients, frame by frame. */
final class AudioEncoder implements Encoder {
  private final Input.Audio input;
  private final Standardization standardization;
  private final Fields fields;
  private final Mfcc mfcc;

  AudioEncoder(Input.Audio input, Standardization standardization, StructType schema) {
    this.input = input;
    this.standardization = standardization;
    this.fields =
        new Fields(schema, List.of(input.column()))
            .require(t -> t instanceof BinaryType, "bytes (BINARY)");
    this.mfcc = new Mfcc(input.cepstrum(), input.sampleRate());
  }

  @Override
  public void encode(Row row, ByteBuffer record) throws RefusedException {
    Wav wav = Wav.read(fields.name(0), fields.bytes(row, 0));
    if (wav.rate() != input.sampleRate()) {
      throw RefusedException.of(
          Refusal.Rule.AUDIO_RATE,
          "%s has %d samples a second, not %d",
          fields.name(0),
          wav.rate(),
          input.sampleRate());
    }
    double[][] frames = mfcc.of(wav.samples());
    int kept = Math.min(frames.length, input.frames());
    if (input.form() == Input.Form.SEQUENCE) {
      record.putInt(kept);
    }
    for (int frame = 0; frame < kept; frame++) {
      for (int i = 0; i < frames[frame].length; i++) {
        record.putFloat((float) standardization.apply(i, frames[frame][i]));
      }
    }
  }
}

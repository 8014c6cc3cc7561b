package org.millrace.deep.data;

/**
 * Why a row is no example.
 *
 * @param reason a sentence with the value in it
 */
public record Refusal(Rule rule, String reason) {

  /** The rules that a row can break, as its record in the rejects names them. */
  public enum Rule {
    IMAGE_PRESENT("image.required", "an image of at least one byte"),
    IMAGE_READABLE("image.readable", "a whole JPEG or PNG file"),
    IMAGE_COLOURS("image.colours", "an image in grey or RGB; CMYK is not decoded"),
    IMAGE_SIZE("image.size", "an image of the stated size"),
    PIXEL_RANGE("image.pixels", "an image of whole numbers from 0 to 255"),
    TEXT_PRESENT("text.required", "a text with at least one word"),
    TEXT_KNOWN("text.known", "a text with at least one word of the vocabulary"),
    SEQUENCE_PRESENT("sequence.required", "a sequence of at least one step"),
    SEQUENCE_SHAPE("sequence.shape", "a sequence of as many features in every step as stated"),
    SEQUENCE_FINITE("sequence.finite", "a sequence without nulls, NaN and infinities"),
    AUDIO_PRESENT("audio.required", "a sound of at least one sample"),
    AUDIO_READABLE("audio.readable", "a whole WAV file with PCM of 8, 16, 24 or 32 bits"),
    AUDIO_RATE("audio.rate", "a sound of the stated sample rate"),
    NUMBERS_FINITE("numbers.finite", "numbers without nulls, NaN and infinities"),
    LABEL_KNOWN("label.known", "a label that the training rows have"),
    LABEL_FINITE("label.finite", "a label of finite numbers, as many as stated");

    private final String id;
    private final String accepted;

    Rule(String id, String accepted) {
      this.id = id;
      this.accepted = accepted;
    }

    /** Such as {@code image.size}. */
    public String id() {
      return id;
    }

    /** What would have been accepted, to follow "must be". */
    public String accepted() {
      return accepted;
    }

    public static Rule of(String id) {
      for (Rule rule : values()) {
        if (rule.id.equals(id)) {
          return rule;
        }
      }
      throw new IllegalArgumentException("no rule " + id);
    }
  }
}

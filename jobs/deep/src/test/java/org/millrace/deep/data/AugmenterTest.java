package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final Input.Image IMAGE =
      new Input.Image(2, 3, 1, new Pixels.Raw("i", Pixels.Order.PLANAR), 1, List.of(), List.of());
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6};

  /** What 400 seeds make of the image. */
  private static Set<List<Byte>> results(Augmentation augmentation) {
    Set<List<Byte>> results = new HashSet<>();
    for (int seed = 0; seed < 400; seed++) {
      byte[] pixels = change(augmentation, seed);
      assertThat(change(augmentation, seed)).isEqualTo(pixels);
      results.add(bytes(pixels));
    }
    return results;
  }

  private static byte[] change(Augmentation augmentation, long seed) {
    Augmenter augmenter = new Augmenter(augmentation);
    byte[] pixels = PIXELS.clone();
    augmenter.begin(IMAGE, Seeds.of(seed));
    augmenter.change(pixels);
    return pixels;
  }

  private static List<Byte> bytes(byte... pixels) {
    Byte[] boxed = new Byte[pixels.length];
    Arrays.setAll(boxed, i -> pixels[i]);
    return List.of(boxed);
  }

  private static List<Byte> image(int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return bytes(bytes);
  }

  @Test
  void aFlipMirrorsLeftAndRight() {
    assertThat(results(new Augmentation(true, 0, 0, 0)))
        .containsExactlyInAnyOrder(bytes(PIXELS), image(3, 2, 1, 6, 5, 4));
  }

  @Test
  void aCropSeesZerosAround() {
    assertThat(results(new Augmentation(false, 1, 0, 0)))
        .hasSize(9)
        .contains(
            bytes(PIXELS),
            image(0, 0, 0, 1, 2, 3),
            image(5, 6, 0, 0, 0, 0),
            image(0, 1, 2, 0, 4, 5));
  }

  @Test
  void aShiftRepeatsTheBorder() {
    assertThat(results(new Augmentation(false, 0, 1, 0)))
        .hasSize(9)
        .contains(
            bytes(PIXELS),
            image(1, 2, 3, 1, 2, 3),
            image(5, 6, 6, 5, 6, 6),
            image(1, 1, 2, 4, 4, 5));
  }

  @Test
  void noiseHasTheStatedDeviation() {
    Input.Image large =
        new Input.Image(
            100, 100, 1, new Pixels.Raw("i", Pixels.Order.PLANAR), 1, List.of(), List.of());
    byte[] pixels = new byte[10_000];
    Arrays.fill(pixels, (byte) 128);
    Augmenter augmenter = new Augmenter(new Augmentation(false, 0, 0, 0.1));
    augmenter.begin(large, 3);
    augmenter.change(pixels);
    double sum = 0;
    double squares = 0;
    for (byte pixel : pixels) {
      double off = (pixel & 0xff) - 128;
      sum += off;
      squares += off * off;
    }
    assertThat(sum / 10_000).isCloseTo(0, within(1.0));
    assertThat(Math.sqrt(squares / 10_000)).isCloseTo(25.5, within(0.8));
  }
}

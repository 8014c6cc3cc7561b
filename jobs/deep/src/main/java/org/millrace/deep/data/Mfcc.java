package org.millrace.deep.data;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Mel-frequency cepstral coefficients (Davis and Mermelstein 1980) as librosa computes them: frames
 * centred on their samples with zeros around the sound, a Hann window, power, Slaney's mel bands,
 * decibels down to 80 below the loudest, an orthonormal cosine transform.
 */
final class Mfcc {
  private static final double FLOOR = 1e-10;
  private static final double RANGE_DB = 80;

  private final Input.Cepstrum settings;
  private final double[] hann;
  private final MelBands bands;
  private final double[][] cosines;
  private final FastFourierTransformer fourier =
      new FastFourierTransformer(DftNormalization.STANDARD);

  Mfcc(Input.Cepstrum settings, int rate) {
    this.settings = settings;
    this.bands = new MelBands(settings.bands(), settings.window(), rate);
    this.hann = new double[settings.window()];
    for (int i = 0; i < hann.length; i++) {
      hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / hann.length);
    }
    this.cosines = new double[settings.coefficients()][settings.bands()];
    for (int k = 0; k < cosines.length; k++) {
      double norm = Math.sqrt((k == 0 ? 1.0 : 2.0) / settings.bands());
      for (int band = 0; band < settings.bands(); band++) {
        cosines[k][band] = norm * Math.cos(Math.PI * k * (band + 0.5) / settings.bands());
      }
    }
  }

  /**
   * The coefficients of a whole sound.
   *
   * @return frames x coefficients; frames are 1 + samples / hop
   */
  double[][] of(float[] samples) {
    double[][] decibels = new double[1 + samples.length / settings.hop()][];
    double loudest = Double.NEGATIVE_INFINITY;
    for (int frame = 0; frame < decibels.length; frame++) {
      decibels[frame] = decibels(samples, frame * settings.hop() - settings.window() / 2);
      loudest = Math.max(loudest, Arrays.stream(decibels[frame]).max().orElseThrow());
    }
    double[][] coefficients = new double[decibels.length][];
    for (int frame = 0; frame < decibels.length; frame++) {
      coefficients[frame] = cepstrum(decibels[frame], loudest - RANGE_DB);
    }
    return coefficients;
  }

  private double[] decibels(float[] samples, int start) {
    double[] windowed = new double[settings.window()];
    for (int i = Math.max(0, -start); i < windowed.length && start + i < samples.length; i++) {
      windowed[i] = hann[i] * samples[start + i];
    }
    Complex[] spectrum = fourier.transform(windowed, TransformType.FORWARD);
    double[] power = new double[settings.window() / 2 + 1];
    for (int i = 0; i < power.length; i++) {
      double real = spectrum[i].getReal();
      double imaginary = spectrum[i].getImaginary();
      power[i] = real * real + imaginary * imaginary;
    }
    double[] decibels = bands.of(power);
    for (int band = 0; band < decibels.length; band++) {
      decibels[band] = 10 * Math.log10(Math.max(FLOOR, decibels[band]));
    }
    return decibels;
  }

  private double[] cepstrum(double[] decibels, double least) {
    double[] coefficients = new double[cosines.length];
    for (int k = 0; k < coefficients.length; k++) {
      double sum = 0;
      for (int band = 0; band < decibels.length; band++) {
        sum += cosines[k][band] * Math.max(least, decibels[band]);
      }
      coefficients[k] = sum;
    }
    return coefficients;
  }
}

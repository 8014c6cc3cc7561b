package org.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "-0.0 | 0",
        "1 | 1",
        "0.893149 | 0.8931",
        "0.5 | 0.5000",
        "-0.5 | -0.5000",
        "0.99996 | 1.000",
        "0.00123456 | 0.001235",
        "0.00001234567 | 1.235e-05",
        "12.34567 | 12.35",
        "999.96 | 1,000",
        "1234.56 | 1,235",
        "123456.7 | 123,457",
        "671 | 671",
        "1e20 | 1.000e+20",
        "NaN | n/a",
        "-Infinity | n/a"
      })
  void metricsHaveFourSignificantDigits(double value, String text) {
    assertThat(Figures.metric(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 100 | 0%",
        "100 | 100 | 100%",
        "37 | 100004 | 0.04%",
        "1 | 100004 | <0.01%",
        "100003 | 100004 | >99.9%",
        "124 | 1000 | 12.4%",
        "9999 | 100000 | 10.0%",
        "12 | 1 | >1,000%",
        "1 | 0 | ''"
      })
  void sharesNeverRoundToNothingOrAll(long part, long whole, String text) {
    assertThat(Figures.share(part, whole)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 s",
        "0.001 | <0.01 s",
        "0.42 | 0.42 s",
        "8.31 | 8.3 s",
        "9.97 | 10 s",
        "59.6 | 1 min 00 s",
        "133.4 | 2 min 13 s",
        "3600 | 1 h 00 min",
        "90061 | 25 h 01 min"
      })
  void durationsFitTheirLength(double seconds, String text) {
    assertThat(Figures.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 B",
        "999 | 999 B",
        "1000 | 1.0 kB",
        "2438266 | 2.4 MB",
        "999999 | 1.0 MB",
        "512340 | 512 kB",
        "7000000000000000 | 7,000 TB"
      })
  void sizesAreInPowersOfAThousand(long bytes, String text) {
    assertThat(Figures.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 rows", "1,1 row", "100004,'100,004 rows'"})
  void countsHaveSeparatorsAndPlurals(long number, String text) {
    assertThat(Figures.counted(number, "row")).isEqualTo(text);
  }
}

package org.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "1600-02-29T12:00:00.000001Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void momentsOfAllYearsOfATableAreToldAndFoundAgain(String moment) {
    long micros = Micros.of(Instant.parse(moment));

    assertThat(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31", "0001-01-01", "1650-06-30"})
  void aPatternReadsTheYearsThatIsoTimesMayHave(String day) {
    Long micros = new PatternParser("yyyy-MM-dd", "UTC").call(day);

    assertThat(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)).isEqualTo(day + "T00:00:00Z");
  }
}

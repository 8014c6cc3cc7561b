package org.millrace.risk.features;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.millrace.risk.model.FeatureMap.Feature;

/**
 * Parts of the calendar, in UTC: days since 1970, month, day of the month, day of the week (1 is
 * Monday), and the hour with its fraction where there is a time of day.
 */
record TimeEncoder(String column, boolean hasTime) implements ColumnEncoder {
  private static final double SECONDS_OF_HOUR = 3600;

  @Override
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (String part : List.of("epoch-day", "month", "day", "weekday")) {
      features.add(new Feature(column + "." + part, column));
    }
    if (hasTime) {
      features.add(new Feature(column + ".hour", column));
    }
    return features;
  }

  @Override
  public void encode(Object value, float[] row, int at) {
    if (value == null) {
      for (int i = 0; i < (hasTime ? 5 : 4); i++) {
        row[at + i] = Float.NaN;
      }
      return;
    }
    LocalDateTime moment = Moments.of(value);
    row[at] = moment.toLocalDate().toEpochDay();
    row[at + 1] = moment.getMonthValue();
    row[at + 2] = moment.getDayOfMonth();
    row[at + 3] = moment.getDayOfWeek().getValue();
    if (hasTime) {
      row[at + 4] = (float) (moment.toLocalTime().toSecondOfDay() / SECONDS_OF_HOUR);
    }
  }
}

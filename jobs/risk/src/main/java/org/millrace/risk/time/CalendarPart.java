package org.millrace.risk.time;

import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.quarter;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.weekofyear;

import java.util.Locale;
import org.apache.spark.sql.Column;

/** A part of a row's own time as a feature: a number, in UTC. */
public enum CalendarPart {
  /** Days since 1970-01-01: for a trend. */
  EPOCH_DAY {
    @Override
    Column of(Column time) {
      return unix_date(to_date(time));
    }
  },
  /** 1 to 4. */
  QUARTER {
    @Override
    Column of(Column time) {
      return quarter(time);
    }
  },
  /** 1 to 12. */
  MONTH {
    @Override
    Column of(Column time) {
      return month(time);
    }
  },
  /** Of the year (ISO 8601), 1 to 53. */
  WEEK {
    @Override
    Column of(Column time) {
      return weekofyear(time);
    }
  },
  /** Of the month, 1 to 31. */
  DAY {
    @Override
    Column of(Column time) {
      return dayofmonth(time);
    }
  },
  /** 1 is Monday, 7 is Sunday. */
  WEEKDAY {
    @Override
    Column of(Column time) {
      // 1970-01-01 was a Thursday.
      return pmod(unix_date(to_date(time)).plus(3), lit(7)).plus(1);
    }
  },
  /** With the minutes as a fraction; 0 for a date. */
  HOUR {
    @Override
    Column of(Column time) {
      return hour(time).plus(minute(time).divide(60));
    }
  };

  /** The part of a date or a timestamp. */
  abstract Column of(Column time);

  /** As a use case writes it. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
